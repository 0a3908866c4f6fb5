package io.slipway.tftp.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.BootFile;
import io.slipway.boot.Transfer.Outcome;
import io.slipway.tftp.codec.Ack;
import io.slipway.tftp.codec.Data;
import io.slipway.tftp.codec.ErrorPacket;
import io.slipway.tftp.codec.OptionAck;
import io.slipway.tftp.codec.TftpErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that change between a size probe and the transfer, or in the middle of it: never the bytes of two. */
class ReplacedFileTest {

    private static final byte[] OLD = TftpServerFixture.content(2000);
    private static final byte[] NEW = TftpServerFixture.content(3000);

    @TempDir
    private Path folder;

    private Path file;
    private final TftpServerFixture server = new TftpServerFixture(TftpServerFixture.settings(10, 10_000, 5));

    @BeforeEach
    void write() throws IOException {
        file = Files.write(folder.resolve("file"), OLD);
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        // As a folder is served: looked at anew for each request.
        server.boot.before = request -> server.boot.files.put("/file", BootFile.of(file, BootFile.OCTET_STREAM));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void afterItsSizeProbeTheSizeIsToldAnew() throws Exception {
        try (TestClient client = new TestClient(server.address())) {
            assertEquals(
                    new OptionAck(Map.of("tsize", "2000")), client.answerTo(TestClient.request("file", "tsize", "0")));
            client.send(new ErrorPacket(TftpErrorCode.OPTION_NEGOTIATION, ""));
            assertEquals(Outcome.SIZE_PROBE, server.boot.awaitEnd().outcome);
            server.awaitQuiet(); // until then the same request is the old one again, to which no answer is due
            replace();
            assertEquals(
                    new OptionAck(Map.of("tsize", "3000")), client.answerTo(TestClient.request("file", "tsize", "0")));
            assertArrayEquals(NEW, rest(client, 0));
        }
    }

    @Test
    void whatIsReplacedIsSentAsItWas() throws Exception {
        try (TestClient client = new TestClient(server.address())) {
            assertEquals(
                    new OptionAck(Map.of("tsize", "2000")), client.answerTo(TestClient.request("file", "tsize", "0")));
            replace();
            assertArrayEquals(OLD, rest(client, 0));
        }
    }

    @Test
    void whatIsChangedInPlaceIsAnError() throws Exception {
        try (TestClient client = new TestClient(server.address())) {
            assertEquals(1, ((Data) client.answerTo(TestClient.request("file"))).block());
            Files.write(file, NEW);
            client.send(new Ack(1));
            client.receive();
            client.send(new Ack(2));
            client.receive();
            client.send(new Ack(3));
            assertEquals(
                    new ErrorPacket(TftpErrorCode.NOT_DEFINED, "the file cannot be read any more"), client.receive());
            FakeTransfer transfer = server.boot.awaitEnd();
            assertEquals(Outcome.FAILED, transfer.outcome);
            assertTrue(transfer.detail.contains("was changed"), transfer.detail);
        }
    }

    private void replace() throws IOException {
        Path other = Files.write(folder.resolve("other"), NEW);
        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Of a transfer in blocks of 512. */
    private static byte[] rest(TestClient client, int from) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int block = from;
        Data data;
        do {
            client.send(new Ack(block));
            data = (Data) client.receive();
            assertEquals(++block, data.block());
            all.writeBytes(data.payload());
        } while (data.payload().length == 512);
        client.send(new Ack(block));
        return all.toByteArray();
    }
}
