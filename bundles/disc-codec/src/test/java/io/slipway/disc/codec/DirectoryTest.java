package io.slipway.disc.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryTest {

    @TempDir
    private Path folder;

    @Test
    void isSortedAndHasTheFirstOfEachName() throws IOException {
        assertEquals(
                List.of(new DiscName("B", 2), new DiscName("a", 1), new DiscName("b", 0)),
                directory("b", "a", "B", "a").names());
    }

    @Test
    void findsTheNameItselfFirst() throws IOException {
        Directory directory = directory("b", "a", "B", "Ä", "C");
        assertEquals(Optional.of(new DiscName("b", 0)), directory.find("b"));
        assertEquals(Optional.of(new DiscName("B", 2)), directory.find("B"));
        assertEquals(Optional.of(new DiscName("a", 1)), directory.find("A"));
        assertEquals(Optional.of(new DiscName("C", 4)), directory.find("c"));
        assertEquals(Optional.of(new DiscName("Ä", 3)), directory.find("ä"));
        assertEquals(Optional.empty(), directory.find("d"));
    }

    @Test
    void findsNoneOfSeveralInOtherCases() throws IOException {
        assertEquals(Optional.empty(), directory("ab", "aB", "Ab").find("AB"));
        assertEquals(Optional.empty(), directory("aB", "Ab", "b").find("AB"));
        assertEquals(Optional.empty(), directory().find("AB"));
    }

    private Directory directory(String... names) throws IOException {
        Path file = Files.write(folder.resolve("disc.iso"), new byte[1]);
        try (DiscBytes bytes = DiscBytes.open(file)) {
            Directory.Builder builder = new Directory.Builder(new DiscReading(bytes, 0));
            for (int i = 0; i < names.length; i++) {
                builder.add(names[i], i, 0);
            }
            return builder.build();
        }
    }
}
