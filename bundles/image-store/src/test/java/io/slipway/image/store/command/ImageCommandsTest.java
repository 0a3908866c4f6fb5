package io.slipway.image.store.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.image.Digest;
import io.slipway.image.Image;
import io.slipway.image.ImageFile;
import io.slipway.image.ImageRef;
import io.slipway.image.ImageSource;
import io.slipway.image.ImportProgress;
import io.slipway.image.RefusingImageStore;
import io.slipway.image.TestManifests;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.Action;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageCommandsTest {

    private static final Digest DIGEST = TestManifests.digest("manifest".getBytes(UTF_8));
    private static final Image IMAGE = new Image(
            DIGEST,
            Instant.parse("2026-07-07T20:29:00Z"),
            List.of(
                    new ImageFile("amd64/initrd.gz", ImageFile.INITRD, DIGEST, 40_810_276),
                    new ImageFile("amd64/linux", ImageFile.KERNEL, DIGEST, 8_222_656)));

    @TempDir
    private Path folder;

    private final OneImageStore store = new OneImageStore();

    @Test
    void importsAndSaysWhatBecameOfIt() throws Exception {
        ImportCommand command = new ImportCommand();
        command.store = store;
        command.source = folder.toString();
        command.ref = "debian-12:current";
        String printed = run(command);
        assertTrue(
                printed.startsWith("debian-12:current is " + DIGEST + "\n2 files, 46.8 MiB (49032932 bytes) in "),
                printed);
        assertTrue(printed.endsWith("kernel amd64/linux (7.8 MiB)\ninitrd amd64/initrd.gz (38.9 MiB)\n"), printed);
        assertEquals(folder.toString(), store.imported);
    }

    @Test
    void refusesANameThatIsNone() {
        ImportCommand command = new ImportCommand();
        command.store = store;
        command.source = "/boot/files";
        command.ref = "Debian 12";
        String message =
                assertThrows(IllegalArgumentException.class, command::execute).getMessage();
        assertTrue(message.contains("expected lower-case letters"), message);
    }

    @Test
    void showsTheFilesOfAnImage() throws Exception {
        store.images.put(ImageRef.parse("debian-12:current"), IMAGE);
        ShowCommand command = new ShowCommand();
        command.store = store;
        command.ref = "debian-12:current";
        String printed = run(command);
        assertTrue(printed.contains(DIGEST.toString()) && printed.contains("amd64/initrd.gz"), printed);
        command.ref = "debian-12:none";
        assertEquals(
                "there is no image debian-12:none; image:list shows those that are there",
                assertThrows(IllegalArgumentException.class, command::execute).getMessage());
    }

    @Test
    void untagsOnce() throws Exception {
        store.images.put(ImageRef.parse("debian-12:current"), IMAGE);
        UntagCommand command = new UntagCommand();
        command.store = store;
        command.ref = "debian-12:current";
        assertEquals("debian-12:current is untagged; image:rollback debian-12:current brings it back\n", run(command));
        assertThrows(IllegalArgumentException.class, command::execute);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.0 KiB",
        "40810276, 38.9 MiB",
        "5368709120, 5.0 GiB",
        "2251799813685248, 2048.0 TiB"
    })
    void printsSizesAsPeopleReadThem(long bytes, String text) {
        assertEquals(text, Sizes.of(bytes));
    }

    private static String run(Action command) throws Exception {
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, UTF_8));
        try {
            command.execute();
        } finally {
            System.setOut(console);
        }
        return printed.toString(UTF_8);
    }

    /** Whatever is imported becomes {@link #IMAGE}. */
    private static final class OneImageStore extends RefusingImageStore {

        private final Map<ImageRef, Image> images = new TreeMap<>();
        private String imported = "";

        @Override
        public Optional<Image> find(ImageRef ref) {
            return Optional.ofNullable(images.get(ref));
        }

        @Override
        public Image importFrom(ImageSource source, ImageRef ref, ImportProgress progress) {
            imported = source.name();
            return IMAGE;
        }

        @Override
        public boolean untag(ImageRef ref) {
            return images.remove(ref) != null;
        }
    }
}
