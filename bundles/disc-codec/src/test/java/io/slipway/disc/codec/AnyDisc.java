package io.slipway.disc.codec;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The one promise of the reader about bytes of any kind: it shows what is there, or says what is wrong. */
final class AnyDisc {

    private static final int MOST_FILES = 200;

    private AnyDisc() {}

    /**
     * Opens a disc, walks it, and finds and reads files. Anything but an {@link IOException} that names the disc fails
     * the test.
     *
     * @return whether nothing was wrong
     */
    static boolean readsOrRefuses(Path file) {
        try (DiscImage disc = DiscImage.open(file)) {
            assertFalse(disc.label().chars().anyMatch(c -> c == 0));
            List<DiscFile> files = new ArrayList<>();
            disc.eachFile(new DiscImage.Visitor() {
                @Override
                public boolean visit(DiscFile found) {
                    return files.size() < MOST_FILES && files.add(found);
                }

                @Override
                public boolean refused(String path, IOException why) {
                    assertTrue(why.getMessage().contains(file.toString()), why::getMessage);
                    return true;
                }
            });
            for (DiscFile found : files) {
                assertTrue(disc.find(found.path()).isPresent(), found::path);
                disc.find(found.path().toUpperCase(Locale.ROOT) + "/x");
                readEnds(disc, found);
            }
            return true;
        } catch (IOException e) {
            assertTrue(e.getMessage().startsWith(file.toString()), e::getMessage);
            return false;
        }
    }

    private static void readEnds(DiscImage disc, DiscFile file) throws IOException {
        try (InputStream bytes = disc.open(file)) {
            int first = bytes.readNBytes(100).length;
            assertTrue(first == Math.min(100, file.size()), file::path);
            if (file.size() > first) {
                bytes.skipNBytes(file.size() - first - 1);
                assertTrue(bytes.read() >= 0, file::path);
            }
            assertTrue(bytes.read() < 0, file::path);
        }
    }
}
