package io.slipway.tftp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.BootEvent;
import io.slipway.boot.BootFile;
import io.slipway.boot.Transfer.Outcome;
import io.slipway.tftp.codec.Ack;
import io.slipway.tftp.codec.Data;
import io.slipway.tftp.codec.ErrorPacket;
import io.slipway.tftp.codec.ReadRequest;
import io.slipway.tftp.codec.TftpErrorCode;
import io.slipway.tftp.codec.TftpPacket;
import io.slipway.tftp.codec.WriteRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTest {

    private final TftpServerFixture server = new TftpServerFixture();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void anUnknownFile() throws Exception {
        try (TestClient client = new TestClient(server.address())) {
            assertEquals(
                    new ErrorPacket(TftpErrorCode.FILE_NOT_FOUND, "file not found"),
                    client.answerTo(TestClient.request("pxelinux.cfg/C0A80001")));
            BootEvent event = server.boot.journal.poll(20, TimeUnit.SECONDS);
            assertEquals(BootEvent.Step.FILE_NOT_FOUND, event.step());
            assertEquals("/pxelinux.cfg/C0A80001", event.detail());
            assertEquals(Optional.of(FakeBoot.MAC), event.mac());
            assertEquals(Optional.of(client.local().getAddress()), event.address());
            // The next probe from the same port is a new request.
            assertEquals(
                    TftpErrorCode.FILE_NOT_FOUND,
                    ((ErrorPacket) client.answerTo(TestClient.request("pxelinux.cfg/C0A80001"))).code());
        }
        server.awaitQuiet();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../etc/passwd",
                "/../../etc/passwd",
                "images/../../secret",
                "..\\..\\secret",
                "\\..\\secret",
                "a/..",
                "..",
                "",
                "/",
                "\\",
                "pxelinux.cfg/",
                "line\nbreak",
                "delete\u007f"
            })
    void aPathThatNoFileHas(String path) throws Exception {
        try (TestClient client = new TestClient(server.address())) {
            assertEquals(
                    new ErrorPacket(TftpErrorCode.ACCESS_VIOLATION, "access violation"),
                    client.answerTo(TestClient.request(path)));
        }
        assertTrue(server.boot.lookups.isEmpty());
    }

    /** "secret NUL .efi" leaves an option without a value: nobody knows which file is meant. */
    @Test
    void aNulInThePathIsNoRequest() throws Exception {
        server.boot.put("/secret", new byte[1]);
        try (TestClient client = new TestClient(server.address())) {
            client.sendRaw("\0\1secret\0.efi\0octet\0".getBytes(StandardCharsets.ISO_8859_1), server.address());
            TftpServerFixture.await(() -> server.requests.counters().get(Counters.Count.MALFORMED) == 1, "counted");
            assertTrue(client.hearsNothing(50));
        }
        assertTrue(server.boot.lookups.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAIL", "binary", ""})
    void anotherModeThanOctetAndNetascii(String mode) throws Exception {
        server.boot.put("/file", new byte[10]);
        try (TestClient client = new TestClient(server.address())) {
            assertEquals(
                    new ErrorPacket(TftpErrorCode.NOT_DEFINED, "only octet and netascii are served"),
                    client.answerTo(new ReadRequest("file", mode, Map.of())));
        }
    }

    @Test
    void octetInAnyCase() throws Exception {
        server.boot.put("/file", new byte[10]);
        try (TestClient client = new TestClient(server.address())) {
            client.sendRaw("\0\1file\0OcTeT\0".getBytes(StandardCharsets.ISO_8859_1), server.address());
            assertEquals(new Data(1, new byte[10]), client.receive());
        }
    }

    @Test
    void writing() throws Exception {
        try (TestClient client = new TestClient(server.address())) {
            assertEquals(
                    new ErrorPacket(TftpErrorCode.ACCESS_VIOLATION, "access violation: read-only"),
                    client.answerTo(new WriteRequest("crash.log", "octet", Map.of())));
        }
    }

    @Test
    void whatBelongsToATransferIsNotAnsweredAtTheDoor() throws Exception {
        try (TestClient client = new TestClient(server.address())) {
            client.ask(new Ack(1));
            client.ask(new Data(1, new byte[1]));
            client.ask(new ErrorPacket(TftpErrorCode.NOT_DEFINED, ""));
            TftpServerFixture.await(() -> server.requests.counters().get(Counters.Count.STRAY) == 3, "counted");
            assertTrue(client.hearsNothing(50));
        }
    }

    @Test
    void aSourceThatCannotGiveItsFile() throws Exception {
        server.boot.before = request -> {
            throw new IOException("the disk is on fire");
        };
        try (TestClient client = new TestClient(server.address())) {
            assertEquals(
                    new ErrorPacket(TftpErrorCode.NOT_DEFINED, "the file cannot be read"),
                    client.answerTo(TestClient.request("file")));
            BootEvent event = server.boot.journal.poll(20, TimeUnit.SECONDS);
            assertEquals(BootEvent.Step.FILE_FAILED, event.step());
            assertTrue(event.detail().contains("the disk is on fire"), event.detail());
        }
        server.awaitQuiet();
    }

    @Test
    void aSourceThatIsBroken() throws Exception {
        server.boot.before = request -> {
            throw new IllegalStateException("a defect of a plugin");
        };
        try (TestClient client = new TestClient(server.address())) {
            assertEquals(
                    new ErrorPacket(TftpErrorCode.NOT_DEFINED, "the file cannot be read"),
                    client.answerTo(TestClient.request("file")));
        }
        server.awaitQuiet();
    }

    @Test
    void aFileThatHasGoneBeforeItIsOpened(@TempDir Path folder) throws Exception {
        BootFile.Extent extent = new BootFile.Extent(folder.resolve("absent"), 0, 100);
        server.boot.files.put("/file", BootFile.of(List.of(extent), BootFile.OCTET_STREAM));
        try (TestClient client = new TestClient(server.address())) {
            assertEquals(TftpErrorCode.NOT_DEFINED, ((ErrorPacket) client.answerTo(TestClient.request("file"))).code());
        }
        server.awaitQuiet();
    }

    @Test
    void aFileThatBecomesShorterWhileItIsSent(@TempDir Path folder) throws Exception {
        int length = 100_000; // more than is read ahead
        Path file = Files.write(folder.resolve("file"), TftpServerFixture.content(length));
        server.boot.files.put(
                "/file", BootFile.of(List.of(new BootFile.Extent(file, 0, length)), BootFile.OCTET_STREAM));
        try (TestClient client = new TestClient(server.address())) {
            TftpPacket answer = client.answerTo(TestClient.request("file"));
            Files.write(file, new byte[600]);
            for (int block = 1; answer instanceof Data && block < length / 512; block++) {
                client.send(new Ack(block));
                answer = client.receive();
            }
            assertEquals(new ErrorPacket(TftpErrorCode.NOT_DEFINED, "the file cannot be read any more"), answer);
            FakeTransfer transfer = server.boot.awaitEnd();
            assertEquals(Outcome.FAILED, transfer.outcome);
            assertTrue(transfer.detail.contains("has become shorter"), transfer.detail);
        }
        server.awaitQuiet();
    }
}
