package io.slipway.image.catalog;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;

/**
 * Whatever a mirror or a file of the catalogue holds: it is read, or refused with a reason. Runs over the seeds of {@code
 * ListsFuzzTestInputs} and what fuzzing ever found; with {@code JAZZER_FUZZ=1} it searches for more.
 */
class ListsFuzzTest {

    private static final Pattern PROBLEM = Pattern.compile("a\\.yaml(:\\d+)?: \\P{Cntrl}+");

    @FuzzTest(maxDuration = "2m")
    void release(byte[] bytes) {
        try {
            ReleaseFile release = ReleaseFile.parse(bytes);
            release.names().forEach(name -> Assertions.assertTrue(release.isOf(name)));
            release.validUntil();
        } catch (IOException refused) {
            Assertions.assertTrue(refused.getMessage().startsWith("it"), refused.getMessage());
        }
    }

    @FuzzTest(maxDuration = "2m")
    void checksums(byte[] bytes) {
        try {
            Assertions.assertFalse(Checksums.parse(bytes).digests().isEmpty());
        } catch (IOException refused) {
            Assertions.assertTrue(refused.getMessage().startsWith("it has "), refused.getMessage());
        }
    }

    @FuzzTest(maxDuration = "2m")
    void entries(byte[] bytes) {
        try {
            for (CatalogEntry entry : EntryReader.read("a.yaml", bytes)) {
                entry.files()
                        .forEach(file -> Assertions.assertTrue(entry.at(file)
                                .toString()
                                .startsWith(entry.base().toString())));
            }
        } catch (RefusedFileException refused) {
            String problem = refused.problem().toString();
            Assertions.assertTrue(PROBLEM.matcher(problem).matches(), problem);
        }
    }
}
