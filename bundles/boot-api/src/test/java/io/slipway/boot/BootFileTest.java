package io.slipway.boot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootFileTest {

    @TempDir
    private Path folder;

    @Test
    void bytesAreReadFromAnyPosition() throws Exception {
        byte[] bytes = "0123456789".getBytes(StandardCharsets.US_ASCII);
        BootFile file = BootFile.of(bytes, "text/plain");
        bytes[0] = 'x';
        assertEquals("0123", read(file, 0, 4));
        assertEquals("89", read(file, 8, 4));
        assertEquals("", read(file, 10, 4));
        assertEquals(10, file.length());
        assertTrue(file.extents().isEmpty());
    }

    @Test
    void extentsAreReadAsOneFile() throws Exception {
        Random random = new Random(3);
        byte[] disk = new byte[5000];
        random.nextBytes(disk);
        Path first = Files.write(folder.resolve("first"), disk);
        Path second = Files.write(folder.resolve("second"), new byte[] {1, 2, 3});
        BootFile file = BootFile.of(
                List.of(
                        new BootFile.Extent(first, 100, 700),
                        new BootFile.Extent(second, 1, 0),
                        new BootFile.Extent(second, 1, 2),
                        new BootFile.Extent(first, 4000, 1000)),
                BootFile.OCTET_STREAM);
        byte[] whole = new byte[1702];
        System.arraycopy(disk, 100, whole, 0, 700);
        whole[700] = 2;
        whole[701] = 3;
        System.arraycopy(disk, 4000, whole, 702, 1000);
        assertEquals(whole.length, file.length());
        try (BootFile.Reader reader = file.open()) {
            for (int i = 0; i < 500; i++) {
                int position = random.nextInt(1800);
                ByteBuffer target = ByteBuffer.allocate(random.nextInt(1500));
                int from = Math.min(position, whole.length);
                int expected = Math.min(target.capacity(), whole.length - from);
                assertEquals(expected, reader.read(target, position));
                assertArrayEquals(
                        Arrays.copyOfRange(whole, from, from + expected), Arrays.copyOf(target.array(), expected));
            }
        }
    }

    @Test
    void aFileThatBecameShorterIsSaidToBe() throws Exception {
        Path path = Files.write(folder.resolve("file"), new byte[100]);
        BootFile file = BootFile.of(path, BootFile.OCTET_STREAM);
        Files.write(path, new byte[50]);
        try (BootFile.Reader reader = file.open()) {
            assertThrows(EOFException.class, () -> reader.read(ByteBuffer.allocate(100), 0));
        }
    }

    @Test
    void aLocalFileHasItsLengthAndTime() throws Exception {
        Path path = Files.write(folder.resolve("file"), new byte[100]);
        BootFile file = BootFile.of(path, "application/efi");
        assertEquals(List.of(new BootFile.Extent(path, 0, 100)), file.extents());
        assertEquals(Optional.of(Files.getLastModifiedTime(path).toInstant()), file.modified());
        assertEquals("application/efi", file.mediaType());
    }

    @Test
    void whatIsNoRegularFileIsRefused() {
        assertThrows(NoSuchFileException.class, () -> BootFile.of(folder, BootFile.OCTET_STREAM));
        assertThrows(NoSuchFileException.class, () -> BootFile.of(folder.resolve("none"), BootFile.OCTET_STREAM));
    }

    @Test
    void openingWhatIsGoneFails() throws Exception {
        Path path = Files.write(folder.resolve("file"), new byte[1]);
        BootFile file = BootFile.of(path, BootFile.OCTET_STREAM);
        Files.delete(path);
        assertThrows(IOException.class, file::open);
    }

    @Test
    void factsAreAddedToACopy() throws Exception {
        BootFile file = BootFile.of(new byte[3], "text/plain");
        assertEquals(Optional.of("sha256:00"), file.withDigest("sha256:00").digest());
        assertEquals(Optional.empty(), file.digest());
        assertEquals("\0\0\0", read(file.withDigest("sha256:00"), 0, 9));
    }

    @Test
    void extentsAreWithinWhatAFileCanBe() {
        assertThrows(IllegalArgumentException.class, () -> new BootFile.Extent(folder, -1, 1));
        assertThrows(IllegalArgumentException.class, () -> new BootFile.Extent(folder, 1, -1));
        assertThrows(IllegalArgumentException.class, () -> new BootFile.Extent(folder, Long.MAX_VALUE, 1));
    }

    private static String read(BootFile file, long position, int size) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(size);
        try (BootFile.Reader reader = file.open()) {
            int count = reader.read(target, position);
            return new String(target.array(), 0, count, StandardCharsets.US_ASCII);
        }
    }

    @Test
    void whatIsChangedInPlaceIsNoticed(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "before");
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        BootFile found = BootFile.of(file, BootFile.OCTET_STREAM).withDigest("sha256:x");
        found.requireUnchanged();
        Files.writeString(file, "beyond");
        assertTrue(assertThrows(IOException.class, found::requireUnchanged)
                .getMessage()
                .contains("was changed"));
    }

    @Test
    void whatIsReplacedOrRemovedStays(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "before");
        BootFile found = BootFile.of(file, BootFile.OCTET_STREAM);
        Files.move(Files.writeString(folder.resolve("new"), "after"), file, StandardCopyOption.ATOMIC_MOVE);
        found.requireUnchanged();
        Files.delete(file);
        found.requireUnchanged();
        BootFile.of(new byte[3], BootFile.OCTET_STREAM).requireUnchanged();
    }
}
