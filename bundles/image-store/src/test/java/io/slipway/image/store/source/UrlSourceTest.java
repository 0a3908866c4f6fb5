package io.slipway.image.store.source;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.image.ImageSource;
import io.slipway.image.ImportProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UrlSourceTest {

    private static final Optional<NamedFiles> RECOGNISE = Optional.empty();

    @TempDir
    private Path folder;

    private FakeServer server;
    private DownloadFixture downloads;
    private DiscFamilies families;

    @BeforeEach
    void startServer() throws IOException {
        server = new FakeServer();
        downloads = new DownloadFixture(folder.resolve("downloads"));
        families = DiscFamilies.read(Optional.empty());
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void importsAFileAsItIs() throws IOException {
        server.answers(FakeServer.file("kernel", "\"v1\""));
        SafeUrl url = server.url("/boot/my%20linux?x=y");
        UrlSource source = source(url);
        assertEquals("http://127.0.0.1:" + server.port() + "/boot/my%20linux?\u2026", source.name());
        assertEquals(Map.of("my-linux", "kernel"), RecordingIntake.of(source).texts());
        assertFalse(Files.exists(downloads.part(url)));
    }

    @Test
    void importsAnArchive() throws IOException {
        byte[] archive = new TarWriter().file("boot/linux", "kernel").ended();
        server.answers(FakeServer.file(new String(archive, US_ASCII), "\"v1\""));
        assertEquals(
                Map.of("boot/linux", "kernel"),
                RecordingIntake.of(source(server.url("/download.php"))).texts());
    }

    @Test
    void whatCannotBeImportedIsNotFetchedASecondTime() throws IOException {
        SafeUrl url = server.url("/boot.tar");
        byte[] archive = new TarWriter().symbolicLink("link", "nowhere").ended();
        server.answers(FakeServer.file(new String(archive, US_ASCII), "\"v1\""));
        String message = assertThrows(IOException.class, () -> RecordingIntake.of(source(url)))
                .getMessage();
        assertTrue(message.startsWith(url + ": the link 'link'"), message);
        assertEquals(archive.length, Files.size(downloads.part(url)));
    }

    @Test
    void fetchesByItsOwnTerms() throws IOException {
        server.answers(FakeServer.file("kernel", "\"v1\""));
        UrlSource source = new UrlSource(
                server.url("/linux"),
                Optional.of(DownloadFixture.digest("kernel")),
                downloads.terms(),
                ImportProgress.NONE,
                RECOGNISE,
                families);
        assertEquals(Map.of("linux", "kernel"), RecordingIntake.of(source).texts());
    }

    @Test
    void discsAreToldByTheirVolume() throws IOException {
        for (String volume : List.of("CD001", "BEA01")) {
            byte[] disc = new byte[40_000];
            System.arraycopy(volume.getBytes(US_ASCII), 0, disc, 16 * 2048 + 1, 5);
            assertInstanceOf(IsoSource.class, FileContent.source(write("download", disc), RECOGNISE, families));
        }
        assertInstanceOf(FileSource.class, FileContent.source(write("x.iso", new byte[40_000]), RECOGNISE, families));
    }

    @Test
    void archivesAreToldByTheirFirstHeader() throws IOException {
        byte[] archive = new TarWriter().file("BZh", "x").ended();
        assertInstanceOf(TarSource.class, FileContent.source(write("a", archive), RECOGNISE, families));
        assertInstanceOf(TarSource.class, FileContent.source(write("a", TarWriter.gzip(archive)), RECOGNISE, families));
        byte[] damaged = {0x1f, (byte) 0x8b, 8, 0};
        assertInstanceOf(TarSource.class, FileContent.source(write("a.tar.gz", damaged), RECOGNISE, families));
    }

    @ParameterizedTest
    @ValueSource(strings = {"initrd.gz", "initrd.img", "linux"})
    void whatIsInGzipAndNoArchiveIsAFile(String name) throws IOException {
        byte[] packed = TarWriter.gzip("070701 cpio".getBytes(UTF_8));
        Path file = write(name, packed);
        ImageSource source = FileContent.source(file, RECOGNISE, families);
        assertInstanceOf(FileSource.class, source);
        assertEquals(file.toString(), source.name());
        assertEquals(packed.length, RecordingIntake.of(source).files.get(name).size());
        byte[] damaged = {0x1f, (byte) 0x8b, 0, 0};
        assertInstanceOf(FileSource.class, FileContent.source(write(name, damaged), RECOGNISE, families));
    }

    @ParameterizedTest
    @ValueSource(strings = {"boot.tar.xz", "boot.txz", "disc.ISO.xz"})
    void aPackedTreeMustBeUnpackedAndAPackedInitrdNot(String name) throws IOException {
        byte[] xz = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0, 0, 0};
        Path file = write(name, xz);
        String message = assertThrows(IOException.class, () -> FileContent.source(file, RECOGNISE, families))
                .getMessage();
        assertEquals(file + " is packed by xz, which is not read here; unpack it first: xz -d", message);
        assertInstanceOf(FileSource.class, FileContent.source(write("initrd.xz", xz), RECOGNISE, families));
    }

    @Test
    void aDiscInGzipMustBeUnpacked() throws IOException {
        Path file = write("disc.iso.gz", TarWriter.gzip(new byte[3000]));
        assertTrue(assertThrows(IOException.class, () -> FileContent.source(file, RECOGNISE, families))
                .getMessage()
                .endsWith("unpack it first: gzip -d"));
    }

    @Test
    void filesOfADiscAreNamedOfDiscsOnly() throws IOException {
        Path file = write("linux", new byte[10]);
        NamedFiles named = new NamedFiles("linux", List.of());
        assertTrue(assertThrows(IOException.class, () -> FileContent.source(file, Optional.of(named), families))
                .getMessage()
                .contains("is no disc image; kernel= and initrd="));
        Path none = folder.resolve("none");
        assertTrue(assertThrows(IOException.class, () -> FileContent.source(none, RECOGNISE, families))
                .getMessage()
                .contains("is not a file"));
        assertThrows(IOException.class, () -> new FileSource(none));
    }

    private UrlSource source(SafeUrl url) {
        return new UrlSource(url, () -> downloads.fetch(url), RECOGNISE, families);
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }
}
