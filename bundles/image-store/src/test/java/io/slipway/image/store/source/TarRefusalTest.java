package io.slipway.image.store.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What no image can be made of: each is told by the archive's name, the place and the cure. */
class TarRefusalTest {

    private static final String ARCHIVE = "boot.tar";

    @Test
    void namesThatDifferOnlyInCaseAreBothNamed() {
        assertRefused(
                new TarWriter().file("Boot/Linux", "1").file("boot/linux", "2").ended(),
                "'Boot/Linux' and 'boot/linux'",
                "rename");
    }

    @Test
    void aPathIsThereOnce() {
        assertRefused(new TarWriter().file("linux", "1").file("./linux", "2").ended(), "holds 'linux' twice", "remove");
        assertRefused(new TarWriter().file("a/linux", "1").file("a", "2").ended(), "'a' as a file", "rename");
        assertRefused(new TarWriter().file("a", "1").file("a/linux", "2").ended(), "'a' as a file", "rename");
        assertRefused(new TarWriter().file("a/b", "1").symbolicLink("a", "b").ended(), "'a' twice", "make it again");
        assertRefused(
                new TarWriter().symbolicLink("a", "b").file("a/b", "1").ended(),
                "a part of that path",
                "make it again");
    }

    @ParameterizedTest
    @CsvSource({
        "/etc/passwd, an absolute name, -C FOLDER",
        "../secret, leads out of it, -C FOLDER",
        "a/../../secret, leads out of it, -C FOLDER",
        "a\\b, a backslash, rename it",
    })
    void refusesNamesThatLeadElsewhere(String name, String why, String cure) {
        assertRefused(new TarWriter().file(name, "x").ended(), why, cure);
    }

    @Test
    void refusesNamesThatNobodyCanAskForAndDoesNotRepeatThem() {
        for (String name : new String[] {"a\nb", "a\u001bb", "a\u007fb"}) {
            assertRefused(new TarWriter().file(name, "x").ended(), "a control character", "rename it");
        }
        assertRefused(
                new TarWriter()
                        .header('0', "", "", 0, header -> header[0] = (byte) 0xe4)
                        .ended(),
                "is not valid UTF-8",
                "rename it");
        assertRefused(new TarWriter().pax('x', "path=a\0b").file("x", "").ended(), "a control character", "rename it");
        assertRefused(
                new TarWriter()
                        .pax('x', "path=" + "n".repeat(1025))
                        .file("x", "")
                        .ended(),
                "1025 characters",
                "at most 1024");
        assertRefused(
                new TarWriter()
                        .file("./", "")
                        .file("x", "")
                        .symbolicLink(".", "x")
                        .ended(),
                "without a name",
                "again");
    }

    @ParameterizedTest
    @CsvSource({
        "3, a device or a pipe, without it",
        "4, a device or a pipe, without it",
        "6, a device or a pipe, without it",
        "S, a sparse file, without --sparse",
        "M, another volume, without --multi-volume",
        "Z, unknown type 'Z', --format=pax",
    })
    void refusesWhatIsNoFile(char type, String why, String cure) {
        assertRefused(
                new TarWriter().entry(type, "dev/thing", "", new byte[0]).ended(),
                "boot.tar holds 'dev/thing', ",
                why,
                cure);
    }

    @Test
    void refusesSparseFilesOfPax() {
        assertRefused(
                new TarWriter().pax('x', "GNU.sparse.major=1").file("disk", "x").ended(),
                "'disk', which is stored as a sparse file",
                "without --sparse");
    }

    @Test
    void refusesBrokenExtendedHeaders() {
        for (String records : new String[] {"5 a=b\n", "99 path=x\n", "x", "6 path\n", "4 =\n", "0 a=b\n"}) {
            assertRefused(
                    new TarWriter()
                            .entry('x', "pax", "", records.getBytes(UTF_8))
                            .file("file", "")
                            .ended(),
                    "broken",
                    "fetch it again");
        }
        for (String record : new String[] {"size=-1", "size=x", "size=9999999999999999999", "mtime=x", "mtime=1e9"}) {
            assertRefused(
                    new TarWriter().pax('x', record).file("file", "").ended(),
                    "broken at 'file': its extended header gives",
                    "fetch it again");
        }
    }

    @Test
    void refusesHeadersThatAskForTooMuch() {
        assertRefused(
                new TarWriter()
                        .header('x', "pax", "", TarReader.LARGEST_EXTENSION + 1, header -> {})
                        .ended(),
                "an extended header of 1048577 bytes",
                "fetch it again");
        TarWriter many = new TarWriter();
        for (int count = 0; count < 17; count++) {
            many.pax('x', "mtime=1");
        }
        assertRefused(many.file("file", "").ended(), "more than 16 extended headers", "fetch it again");
        assertRefused(new TarWriter().file("a", "").pax('x', "mtime=1").ended(), "before no entry", "fetch it again");
    }

    @Test
    void refusesNumbersThatAreNone() {
        assertRefused(
                new TarWriter()
                        .header('0', "file", "", 0, header -> TarWriter.put(header, 124, "0000000009\0"))
                        .ended(),
                "broken at 'file': a number has the byte 0x39",
                "fetch it again");
        assertRefused(
                new TarWriter()
                        .header('0', "file", "", 0, header -> Arrays.fill(header, 124, 136, (byte) 0xff))
                        .ended(),
                "its size is -1 bytes",
                "fetch it again");
        assertRefused(
                new TarWriter()
                        .header('0', "file", "", 0, header -> {
                            Arrays.fill(header, 124, 136, (byte) 0x7f);
                            header[124] = (byte) 0x80;
                        })
                        .ended(),
                "longer than 64 bits",
                "fetch it again");
    }

    @Test
    void saysWhereAnArchiveIsCutShort() throws IOException {
        byte[] whole = new TarWriter()
                .file("linux", "k".repeat(700))
                .pax('x', "mtime=1")
                .file("initrd", "i".repeat(10))
                .ended();
        assertEquals(2, read(whole).files.size());
        // The last block, of zeros only, is of no use any more.
        for (int length = 0; length < whole.length - TarHeader.BLOCK; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            String message = failure(cut);
            assertTrue(message.contains("fetch it again"), length + ": " + message);
            // Headers are at 0, 1536 (extended) and 2560; an entry is named once its header was read.
            assertEquals(length >= 512 && length < 3072, message.contains("'linux'"), length + ": " + message);
        }
    }

    @Test
    void saysWhereACompressedArchiveIsCutShort() throws IOException {
        byte[] whole =
                TarWriter.gzip(new TarWriter().file("linux", "k".repeat(700)).ended());
        assertEquals(1, read(whole).files.size());
        for (int length = 0; length < whole.length; length++) {
            String message = failure(Arrays.copyOf(whole, length));
            assertTrue(message.startsWith(ARCHIVE) || message.startsWith("archive " + ARCHIVE), message);
        }
    }

    @Test
    void aBitThatFlippedIsSeen() {
        byte[] header = new TarWriter().file("linux", "").file("b", "").ended();
        header[512 + 100] = 'x';
        assertRefused(header, "broken at 'linux': the checksum of a header is wrong", "fetch it again");
        byte[] packed = TarWriter.gzip(new TarWriter().file("linux", "kernel").ended());
        packed[packed.length - 5] = (byte) (packed[packed.length - 5] + 1);
        assertRefused(packed, "broken", "gzip", "fetch it again");
    }

    @Test
    void oneBlockOfZerosIsNoEnd() {
        byte[] archive = new TarWriter()
                .file("a", "")
                .raw(new byte[TarHeader.BLOCK])
                .file("b", "")
                .ended();
        assertRefused(archive, "one block of zeros", "fetch it again");
    }

    @ParameterizedTest
    @CsvSource({
        "FD377A585A00, xz -d",
        "28B52FFD, zstd -d",
        "425A6839, bzip2 -d",
        "4C5A4950, lzip -d",
        "04224D18, lz4 -d",
        "1F9D90, gzip -d",
        "504B0304, unzip",
        "377ABCAF271C, 7z x",
        "303730373031, cpio -id",
    })
    void refusesWhatOthersPackedWithTheCommandThatUnpacksIt(String magic, String cure) {
        byte[] archive = Arrays.copyOf(HexFormat.of().parseHex(magic), 1024);
        assertRefused(archive, ARCHIVE + " is packed by ", "unpack it first: " + cure);
    }

    @Test
    void refusesWhatIsNoArchive() {
        assertRefused(new byte[0], "is empty", "fetch it again");
        assertRefused("<html>404</html>".repeat(100).getBytes(UTF_8), "is no tar archive", "tar -tf");
        assertRefused(new byte[1024], "holds no files", "boot files");
        assertRefused(new TarWriter().folder("empty/").ended(), "holds no files", "boot files");
    }

    @Test
    void refusesATreeThatIsNoImage() {
        TarWriter many = new TarWriter();
        for (int count = 0; count <= TarTree.MOST_ENTRIES; count++) {
            many.folder("f" + count);
        }
        assertRefused(many.ended(), "more than 10000 files and folders", "put a tree into");
        assertRefused(
                new TarWriter()
                        .pax('x', "path=" + "a/".repeat(20_000))
                        .folder("x")
                        .ended(),
                "more than 10000 files and folders",
                "put a tree into");
    }

    private static RecordingIntake read(byte[] archive) throws IOException {
        return RecordingIntake.of(TarSource.of(ARCHIVE, new ByteArrayInputStream(archive)));
    }

    private static String failure(byte[] archive) {
        return assertThrows(IOException.class, () -> read(archive)).getMessage();
    }

    private static void assertRefused(byte[] archive, String... parts) {
        String message = failure(archive);
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
        assertTrue(message.contains(ARCHIVE), message);
        assertTrue(message.chars().noneMatch(Character::isISOControl), message);
    }
}
