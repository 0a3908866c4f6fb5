package io.slipway.disc.codec;

import static io.slipway.disc.codec.FakeTree.file;
import static io.slipway.disc.codec.FakeTree.folder;
import static io.slipway.disc.codec.FakeTree.link;
import static io.slipway.disc.codec.Shown.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a disc may ask for, and what happens when it asks for more. */
class LimitsTest {

    @TempDir
    private Path folder;

    private final FakeTree tree = new FakeTree();
    private final DirectoryCache cache = new DirectoryCache();
    private Path file;
    private DiscBytes bytes;

    @BeforeEach
    void openBytes() throws IOException {
        file = Files.write(folder.resolve("disc.iso"), new byte[10_000]);
        bytes = DiscBytes.open(file);
    }

    @AfterEach
    void closeBytes() throws IOException {
        bytes.close();
    }

    @Test
    void followsFortyLinksAndNoMore() throws IOException {
        for (int i = 1; i <= 41; i++) {
            tree.put(0, "link-" + i, link(i == 1 ? "file" : "link-" + (i - 1)));
        }
        tree.put(0, "file", file());
        assertTrue(search().find("link-40").isPresent());
        assertEquals(Optional.empty(), search().find("link-41"));
    }

    @Test
    void entersAHundredFoldersAndNoMore() throws IOException {
        for (int level = 0; level < 99; level++) {
            tree.put(level, "d", folder(level + 1));
        }
        tree.put(99, "file", file());
        assertEquals(List.of("d/".repeat(99) + "file"), walk());
        assertTrue(search().find("d/".repeat(99) + "file").isPresent());
        tree.put(99, "d", folder(100)).put(100, "file", file());
        assertEquals(Optional.empty(), search().find("d/".repeat(100) + "file"));
        assertRefused(file, this::walk, "has more than 100 folders in each other: 'd/");
    }

    @Test
    void countsTheNamesThatAWalkComesBy() {
        // Each folder has ten that are all the same: ten to the sixth ways down.
        for (int level = 0; level < 7; level++) {
            for (int i = 0; i < 10; i++) {
                tree.put(level, "d" + i, folder(level + 1));
            }
        }
        assertRefused(file, this::walk, "has more than 1000000 files and folders");
    }

    @Test
    void countsTheNamesThatAWalkHolds() {
        for (int level = 0; level < 2; level++) {
            tree.put(level, "0", folder(level + 1));
            for (int i = 0; i < 80_000; i++) {
                tree.put(level, "f" + i, file());
            }
        }
        assertRefused(file, this::walk, "has more than 150000 names in '0/' and above");
    }

    @Test
    void countsTheNamesOfADirectory() {
        for (int i = 0; i <= 100_000; i++) {
            tree.put(0, "f" + i, file());
        }
        assertRefused(file, this::walk, "has a directory of more than 100000 names");
    }

    @Test
    void countsTheBytesThatAreRead() throws IOException {
        DiscReading reading = new DiscReading(bytes, 5000);
        reading.read(0, 5000, "a directory");
        assertRefused(file, () -> reading.read(0, 1, "a directory"), "has more than 5000 bytes of directories");
    }

    @Test
    void keepsTheDirectoriesThatWereLookedIntoLast() throws IOException {
        tree.put(0, "a", folder(1))
                .put(0, "b", folder(2))
                .put(1, "file", file())
                .put(2, "file", file());
        search().find("a/file");
        search().find("a/file");
        assertEquals(2, tree.listed());
        Directory large = directory(99_990);
        cache.keep(7, large);
        assertEquals(Optional.of(large), cache.get(7));
        search().find("b/file");
        assertEquals(Optional.empty(), cache.get(1), "the eldest goes");
        assertTrue(cache.get(0).isPresent() && cache.get(2).isPresent());
    }

    @Test
    void keepsADirectoryHoweverLarge() throws IOException {
        Directory large = directory(100_000);
        cache.keep(7, directory(10));
        cache.keep(7, large);
        assertEquals(Optional.of(large), cache.get(7));
    }

    private Directory directory(int names) throws IOException {
        Directory.Builder builder = new Directory.Builder(new DiscReading(bytes, 0));
        for (int i = 0; i < names; i++) {
            builder.add("f" + i, i, 0);
        }
        return builder.build();
    }

    private PathSearch search() {
        return new PathSearch(tree, cache, new DiscReading(bytes, 0));
    }

    private List<String> walk() throws IOException {
        List<String> paths = new ArrayList<>();
        new TreeWalk(tree, new DiscReading(bytes, 0), search(), found -> paths.add(found.path())).run();
        return paths;
    }
}
