package io.slipway.image.store.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadedFileTest {

    private static final String CONTENT = "0123456789".repeat(1000);
    private static final String TAG = "\"v1\"";

    @TempDir
    private Path folder;

    private FakeServer server;
    private DownloadFixture downloads;
    private SafeUrl url;

    @BeforeEach
    void startServer() throws IOException {
        server = new FakeServer();
        downloads = new DownloadFixture(folder.resolve("downloads"));
        url = server.url("/iso/debian%2012.iso?token=secret");
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void fetchesAFile() throws IOException {
        server.answers(FakeServer.with(200, CONTENT, "ETag", TAG, "Last-Modified", "Tue, 07 Jul 2026 20:29:00 GMT"));
        try (DownloadedFile file = downloads.fetch(url, Optional.of(DownloadFixture.digest(CONTENT)))) {
            assertEquals(CONTENT, Files.readString(file.path()));
            assertEquals(DownloadFixture.digest(CONTENT), file.digest());
            assertEquals("debian 12.iso", file.fileName());
            assertEquals(Instant.parse("2026-07-07T20:29:00Z"), file.modified());
            assertEquals(downloads.part(url), file.path());
            file.remove();
        }
        assertFalse(Files.exists(downloads.part(url)));
        assertFalse(Files.exists(downloads.sidecar(url)));
        String shown = "http://127.0.0.1:" + server.port() + "/iso/debian%2012.iso?\u2026 ";
        assertEquals(shown + "0/10000", downloads.progress.get(0));
        assertEquals(shown + "10000/10000", downloads.progress.get(downloads.progress.size() - 1));
        FakeServer.Asked asked = server.asked.get(0);
        assertEquals("/iso/debian%2012.iso?token=secret", asked.uri());
        assertEquals(Optional.of("identity"), asked.header("Accept-Encoding"));
        assertEquals(Optional.empty(), asked.header("Range"));
    }

    @Test
    void aFileWhoseLengthAndTimeNobodySaysIsAFile() throws IOException {
        server.answers(FakeServer.chunked(CONTENT));
        try (DownloadedFile file = downloads.fetch(url)) {
            assertEquals(CONTENT, Files.readString(file.path()));
            assertEquals(Instant.EPOCH, file.modified());
        }
        assertTrue(downloads.progress.get(0).endsWith(" 0/-1"), downloads.progress.get(0));
    }

    @Test
    void goesOnWhereTheConnectionBroke() throws IOException {
        server.answers(
                FakeServer.broken(CONTENT, TAG, 3000),
                FakeServer.broken(CONTENT, TAG, 2000),
                FakeServer.file(CONTENT, TAG));
        try (DownloadedFile file = downloads.fetch(url, Optional.of(DownloadFixture.digest(CONTENT)))) {
            assertEquals(CONTENT, Files.readString(file.path()));
        }
        assertEquals(Optional.of("bytes=3000-"), server.asked.get(1).header("Range"));
        assertEquals(Optional.of(TAG), server.asked.get(1).header("If-Range"));
        assertEquals(Optional.of("bytes=5000-"), server.asked.get(2).header("Range"));
        assertEquals(List.of(Duration.ofSeconds(2), Duration.ofSeconds(4)), downloads.pauses);
    }

    @Test
    void goesOnAfterARestart() throws IOException {
        downloads.attempts = 1;
        server.answers(FakeServer.broken(CONTENT, TAG, 3000), FakeServer.file(CONTENT, TAG));
        assertTrue(failure().contains("given up after 1 attempt: import again, which goes on where it stopped"));
        assertEquals(3000, Files.size(downloads.part(url)));
        try (DownloadedFile file = downloads.fetch(url, Optional.of(DownloadFixture.digest(CONTENT)))) {
            assertEquals(CONTENT, Files.readString(file.path()));
        }
        assertEquals(Optional.of("bytes=3000-"), server.asked.get(1).header("Range"));
    }

    @Test
    void whatIsBehindTheForcedLengthIsNotBelieved() throws IOException {
        downloads.attempts = 1;
        server.answers(FakeServer.broken(CONTENT, TAG, 3000), FakeServer.file(CONTENT, TAG));
        failure();
        Files.write(downloads.part(url), new byte[500], StandardOpenOption.APPEND);
        assertEquals(CONTENT, downloads.text(url));
        assertEquals(Optional.of("bytes=3000-"), server.asked.get(1).header("Range"));
    }

    @Test
    void beginsAnewWhenTheFileIsAnother() throws IOException {
        server.answers(FakeServer.broken("old".repeat(100), TAG, 30), FakeServer.file(CONTENT, "\"v2\""));
        assertEquals(CONTENT, downloads.text(url));
        assertEquals(Optional.of(TAG), server.asked.get(1).header("If-Range"));
    }

    @Test
    void aTimeIsAValidatorWhereThereIsNoStrongTag() throws IOException {
        String time = "Tue, 07 Jul 2015 20:29:00 GMT";
        server.answers(FakeServer.broken(CONTENT, time, 3000), FakeServer.file(CONTENT, time));
        assertEquals(CONTENT, downloads.text(url));
        assertEquals(Optional.of(time), server.asked.get(1).header("If-Range"));
    }

    @Test
    void beginsAnewWhereNothingTellsTheFile() throws IOException {
        String future = "Thu, 07 Jul 2095 20:29:00 GMT";
        server.answers(
                FakeServer.broken(CONTENT, "", 3000),
                FakeServer.broken(CONTENT, "W/\"weak\"", 3000),
                FakeServer.broken(CONTENT, future, 3000),
                FakeServer.file(CONTENT, ""));
        downloads.attempts = 4;
        assertEquals(CONTENT, downloads.text(url));
        server.asked.forEach(asked -> assertEquals(Optional.empty(), asked.header("Range")));
    }

    @Test
    void beginsAnewWhenWhatIsKnownOfThePartIsDamaged() throws IOException {
        for (String damaged : new String[] {
            "",
            "{",
            "{}",
            "{\"validator\":\"\\n\",\"length\":3000}",
            "{\"validator\":\"\\\"v1\\\"\",\"length\":30000}",
            "{\"validator\":\"\\\"v1\\\"\"}",
            "{\"validator\":\"\\\"v1\\\"\",\"modified\":\"x\",\"length\":3000}"
        }) {
            Files.createDirectories(downloads.folder);
            Files.writeString(downloads.part(url), "x".repeat(3000));
            Files.writeString(downloads.sidecar(url), damaged);
            server.answers(FakeServer.file(CONTENT, TAG));
            assertEquals(CONTENT, downloads.text(url), damaged);
            assertEquals(
                    Optional.empty(), server.asked.get(server.asked.size() - 1).header("Range"), damaged);
        }
    }

    @Test
    void whatIsThereWholeIsNotFetchedAgain() throws IOException {
        server.answers(FakeServer.file(CONTENT, TAG), FakeServer.file(CONTENT, TAG));
        assertEquals(CONTENT, downloads.text(url));
        assertEquals(CONTENT, downloads.text(url));
        assertEquals(Optional.of("bytes=10000-"), server.asked.get(1).header("Range"));
    }

    @Test
    void aPartOfAnotherFileIsNotTaken() throws IOException {
        String[][] wrong = {
            {"Content-Range", "bytes 2000-9999/10000", "ETag", TAG},
            {"Content-Range", "bytes 3000-9999/10000", "ETag", "\"v2\""},
            {"Content-Range", "nonsense", "ETag", TAG},
            {"ETag", TAG},
        };
        for (String[] headers : wrong) {
            server.answers(
                    FakeServer.broken(CONTENT, TAG, 3000),
                    FakeServer.with(206, "x".repeat(7000), headers),
                    FakeServer.file(CONTENT, TAG));
            assertEquals(CONTENT, downloads.text(url));
            Files.delete(downloads.sidecar(url));
        }
        server.answers(FakeServer.with(206, "part", "Content-Range", "bytes 0-3/4"), FakeServer.file(CONTENT, TAG));
        assertEquals(CONTENT, downloads.text(url));
    }

    @Test
    void aFileThatBecameShorterIsFetchedAnew() throws IOException {
        server.answers(
                FakeServer.broken(CONTENT, TAG, 3000),
                FakeServer.status(416, "Content-Range", "bytes */2000"),
                FakeServer.file("short", "\"v2\""));
        assertEquals("short", downloads.text(url));
    }

    @Test
    void leftoversThatNobodyWentOnWithAreSweptAway() throws IOException {
        downloads.attempts = 1;
        server.answers(FakeServer.broken(CONTENT, TAG, 3000));
        failure();
        Path other = Files.createFile(downloads.folder.resolve("notes"));
        Instant old = Instant.parse("2020-01-01T00:00:00Z");
        Files.setLastModifiedTime(other, FileTime.from(old));
        DownloadedFile.sweep(downloads.folder, old);
        assertTrue(Files.exists(downloads.part(url)));
        Files.setLastModifiedTime(downloads.part(url), FileTime.from(old));
        Files.setLastModifiedTime(downloads.sidecar(url), FileTime.from(old));
        DownloadedFile.sweep(downloads.folder, old.plusSeconds(1));
        assertFalse(Files.exists(downloads.part(url)));
        assertFalse(Files.exists(downloads.sidecar(url)));
        assertTrue(Files.exists(other));
        DownloadedFile.sweep(folder.resolve("none"), old);
    }

    private String failure() {
        return assertThrows(IOException.class, () -> downloads.fetch(url)).getMessage();
    }
}
