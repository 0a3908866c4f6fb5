package io.slipway.image.store.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarSourceTest {

    private static final String ARCHIVE = "boot.tar";

    @Test
    void readsFilesAndLeavesOutFolders() throws IOException {
        RecordingIntake intake = read(new TarWriter()
                .folder("./")
                .folder("./boot/")
                .file("./boot/linux", "kernel")
                .file("boot//./initrd", "")
                .entry('\0', "old/", "", new byte[0])
                .entry('\0', "old/file", "", "V7".getBytes(UTF_8))
                .entry('7', "contiguous", "", "7".getBytes(UTF_8))
                .ended());
        assertEquals(
                Map.of("boot/linux", "kernel", "boot/initrd", "", "old/file", "V7", "contiguous", "7"), intake.texts());
        assertEquals(Instant.ofEpochSecond(100), intake.files.get("boot/linux").modified());
        assertEquals(6, intake.files.get("boot/linux").size());
        assertTrue(intake.files.get("boot/linux").role().isEmpty());
    }

    @Test
    void readsAFileAndNamesItByItsPath(@TempDir Path folder) throws IOException {
        Path archive = Files.write(
                folder.resolve("boot.tar.gz"),
                TarWriter.gzip(new TarWriter().file("linux", "kernel").ended()));
        TarSource source = TarSource.of(archive);
        assertEquals(archive.toString(), source.name());
        assertEquals(Map.of("linux", "kernel"), RecordingIntake.of(source).texts());
    }

    @Test
    void closesTheStreamItIsGiven() throws IOException {
        AtomicBoolean closed = new AtomicBoolean();
        byte[] archive = new TarWriter().file("linux", "kernel").ended();
        InputStream stream = new ByteArrayInputStream(archive) {
            @Override
            public void close() {
                closed.set(true);
            }
        };
        RecordingIntake.of(TarSource.of(ARCHIVE, stream));
        assertTrue(closed.get());
    }

    @Test
    void anEntryThatIsNotReadToItsEndIsSkipped() throws IOException {
        TarReader reader = new TarReader(
                ARCHIVE,
                new ByteArrayInputStream(new TarWriter()
                        .file("a", "x".repeat(1300))
                        .file("b", "second")
                        .ended()));
        assertEquals("a", reader.next().orElseThrow().path());
        assertEquals('x', reader.content().read());
        assertEquals("b", reader.next().orElseThrow().path());
        assertEquals("second", new String(reader.content().readAllBytes(), UTF_8));
        assertTrue(reader.next().isEmpty());
    }

    @Test
    void paxSaysMoreThanTheHeader() throws IOException {
        String path = "folder/" + "n".repeat(300);
        RecordingIntake intake = read(new TarWriter()
                .pax('g', "mtime=50", "comment=of all")
                .pax('x', "path=" + path, "size=3", "mtime=1234567890.123456789999", "SCHILY.xattr.user=\u00e4")
                .header('0', "short", "", 0, header -> {})
                .content("abc".getBytes(UTF_8))
                .file("second", "2")
                .pax('x', "mtime=-0.5")
                .file("third", "3")
                .pax('x', "mtime=")
                .file("fourth", "4")
                .ended());
        assertEquals(Map.of(path, "abc", "second", "2", "third", "3", "fourth", "4"), intake.texts());
        assertEquals(
                Instant.ofEpochSecond(1_234_567_890L, 123_456_789),
                intake.files.get(path).modified());
        assertEquals(Instant.ofEpochSecond(50), intake.files.get("second").modified());
        assertEquals(
                Instant.ofEpochSecond(-1, 500_000_000),
                intake.files.get("third").modified());
        assertEquals(Instant.ofEpochSecond(100), intake.files.get("fourth").modified());
    }

    @Test
    void gnuLongNamesAndPaxLinkPaths() throws IOException {
        String path = "g".repeat(200);
        RecordingIntake intake = read(new TarWriter()
                .entry('L', "././@LongLink", "", (path + "\0").getBytes(UTF_8))
                .file("ggg", "gnu")
                .entry('K', "././@LongLink", "", (path + "\0").getBytes(UTF_8))
                .symbolicLink("by-gnu", "ggg")
                .pax('x', "linkpath=" + path)
                .hardLink("by-pax", "ggg")
                .ended());
        assertEquals(Map.of("by-gnu", path, "by-pax", path), intake.links);
    }

    @Test
    void aUstarPrefixIsTheBeginOfTheNameAndGnuTimesAreNot() throws IOException {
        RecordingIntake intake = read(new TarWriter()
                .header('0', "name", "", 0, header -> TarWriter.put(header, 345, "prefix/of"))
                .header('0', "gnu", "", 0, header -> {
                    TarWriter.put(header, 257, "ustar  \0");
                    TarWriter.put(header, 345, "13513513513");
                })
                .header('0', "star", "", 0, header -> {
                    TarWriter.put(header, 345, "by");
                    TarWriter.put(header, 345 + 131, "13513513513 13513513513 ");
                    TarWriter.put(header, 508, "tar\0");
                })
                .ended());
        assertEquals(Set.of("prefix/of/name", "gnu", "by/star"), intake.files.keySet());
    }

    @Test
    void sizesAndTimesMayBeBase256() throws IOException {
        RecordingIntake intake = read(new TarWriter()
                .header('0', "file", "", 0, header -> {
                    Arrays.fill(header, 124, 136, (byte) 0);
                    header[124] = (byte) 0x80;
                    header[135] = 3;
                    Arrays.fill(header, 136, 148, (byte) 0xff);
                })
                .content("abc".getBytes(UTF_8))
                .ended());
        assertEquals(Map.of("file", "abc"), intake.texts());
        assertEquals(Instant.ofEpochSecond(-1), intake.files.get("file").modified());
    }

    @Test
    void aTimeOfNoCalendarIsTheLastThereIs() throws IOException {
        RecordingIntake intake = read(new TarWriter()
                .header('0', "file", "", 0, header -> {
                    Arrays.fill(header, 136, 148, (byte) 0xff);
                    header[136] = (byte) 0x80;
                    Arrays.fill(header, 137, 140, (byte) 0);
                    header[140] = 0x7f;
                })
                .ended());
        assertEquals(
                Instant.MAX.getEpochSecond(),
                intake.files.get("file").modified().getEpochSecond());
    }

    @Test
    void aChecksumOfSignedBytesIsOne() throws IOException {
        byte[] archive = new TarWriter().file("gr\u00fcn", "x").ended();
        int signed = 0;
        for (int at = 0; at < TarHeader.BLOCK; at++) {
            signed += at >= 148 && at < 156 ? ' ' : archive[at];
        }
        TarWriter.put(archive, 148, "%06o\0 ".formatted(signed));
        assertEquals(Map.of("gr\u00fcn", "x"), read(archive).texts());
    }

    @Test
    void skipsLabelsAndAccessLists() throws IOException {
        RecordingIntake intake = read(new TarWriter()
                .entry('V', "a label", "", new byte[0])
                .entry('A', "acl", "", "user::rwx".getBytes(UTF_8))
                .entry('D', "folder/", "", "Ylinux\0\0".getBytes(UTF_8))
                .file("folder/linux", "kernel")
                .ended());
        assertEquals(Map.of("folder/linux", "kernel"), intake.texts());
    }

    @Test
    void whatFollowsTheEndIsIgnored() throws IOException {
        byte[] archive = new TarWriter().file("linux", "kernel").ended();
        byte[] longer = Arrays.copyOf(archive, archive.length + 700);
        Arrays.fill(longer, archive.length, longer.length, (byte) 'x');
        assertEquals(Map.of("linux", "kernel"), read(longer).texts());
        assertEquals(Map.of("linux", "kernel"), read(TarWriter.gzip(longer)).texts());
    }

    @Test
    void aFileInGzipMayHaveManyMembers() throws IOException {
        byte[] archive = new TarWriter()
                .file("linux", "kernel")
                .file("initrd", "i".repeat(3000))
                .ended();
        TarWriter members = new TarWriter();
        for (int from = 0; from < archive.length; from += 600) {
            members.raw(TarWriter.gzip(Arrays.copyOfRange(archive, from, Math.min(archive.length, from + 600))));
        }
        InputStream stingy = new ByteArrayInputStream(members.bytes()) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 7));
            }

            @Override
            public synchronized int available() {
                return 0;
            }
        };
        assertEquals(2, RecordingIntake.of(TarSource.of(ARCHIVE, stingy)).files.size());
    }

    @Test
    void aNameThatBeginsAsAPackedFileDoesIsAName() throws IOException {
        byte[] archive = new TarWriter().file("BZh9", "1").file("070701", "2").ended();
        assertEquals(Map.of("BZh9", "1", "070701", "2"), read(archive).texts());
    }

    @ParameterizedTest
    @ValueSource(strings = {"v7", "ustar", "oldgnu", "gnu", "pax", "bsdtar", "busybox"})
    void readsWhatTarProgramsWrite(String program) throws IOException {
        RecordingIntake intake = resource(program);
        assertEquals(
                Map.of(
                        "debian-installer/amd64/boot-screens/menu.cfg", "menu",
                        "debian-installer/amd64/initrd.gz", "initrd of some bytes",
                        "debian-installer/amd64/linux", "kernel",
                        "debian-installer/amd64/pxelinux.cfg/default", "menu",
                        "linux", "kernel",
                        "linux-again", "kernel",
                        "pxelinux.cfg/default", "menu"),
                intake.texts(),
                program);
        assertEquals(3, intake.files.size(), program);
        intake.files.values().forEach(file -> assertEquals(Instant.parse("2026-07-07T20:29:00Z"), file.modified()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"long-gnu", "long-pax"})
    void readsLongNamesAsTarProgramsWriteThem(String program) throws IOException {
        RecordingIntake intake = resource(program);
        String deep = intake.links.get("link");
        assertEquals("a-folder-with-a-long-name/".repeat(7).length() + 109, deep.length(), deep);
        assertEquals("deep", intake.texts().get(deep));
        assertEquals("\u00e4", intake.texts().get("gr\u00fcn"));
    }

    @Test
    void readsBase256AsPythonWritesIt() throws IOException {
        RecordingIntake intake = resource("python-gnu");
        assertEquals(Map.of("early", "abc"), intake.texts());
        assertEquals(Instant.ofEpochSecond(-86_400), intake.files.get("early").modified());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sparse-gnu", "sparse-pax"})
    void refusesSparseFilesAsGnuTarWritesThem(String program) {
        String message =
                assertThrows(IOException.class, () -> resource(program)).getMessage();
        assertTrue(message.contains("a sparse file; make the archive again without --sparse"), message);
    }

    private static RecordingIntake resource(String name) throws IOException {
        String path = "tar/" + name + ".tar.gz";
        return RecordingIntake.of(TarSource.of(path, TarSourceTest.class.getResourceAsStream(path)));
    }

    private static RecordingIntake read(byte[] archive) throws IOException {
        return RecordingIntake.of(TarSource.of(ARCHIVE, new ByteArrayInputStream(archive)));
    }
}
