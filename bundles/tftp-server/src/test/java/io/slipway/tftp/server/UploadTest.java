package io.slipway.tftp.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.Transfer.Outcome;
import io.slipway.sockets.LinkAddress;
import io.slipway.tftp.codec.Ack;
import io.slipway.tftp.codec.Data;
import io.slipway.tftp.codec.ErrorPacket;
import io.slipway.tftp.codec.OptionAck;
import io.slipway.tftp.codec.TftpErrorCode;
import io.slipway.tftp.codec.TftpPacket;
import io.slipway.tftp.codec.WriteRequest;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that write. */
class UploadTest {

    private static final ErrorPacket NO_ROOM =
            new ErrorPacket(TftpErrorCode.DISK_FULL, "disk full or allocation exceeded");

    @TempDir
    Path temporary;

    private Path folder() {
        return temporary.resolve("uploads");
    }

    private TftpServerFixture server() {
        return server(true, List.of(), 1_000_000, false);
    }

    private TftpServerFixture server(boolean isFromKnown, List<LinkAddress> from, long size, boolean isSinglePort) {
        return server(isFromKnown, from, size, isSinglePort, 1500);
    }

    private TftpServerFixture server(
            boolean isFromKnown, List<LinkAddress> from, long size, boolean isSinglePort, int mtu) {
        UploadSettings uploads = new UploadSettings(folder(), isFromKnown, from, size, 1_500_000, 1);
        return new TftpServerFixture(
                new Settings(
                        100,
                        100,
                        1000,
                        Terms.LARGEST_BLOCK,
                        64,
                        Duration.ofMillis(200),
                        3,
                        isSinglePort,
                        2,
                        100,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(2),
                        Optional.of(uploads)),
                mtu);
    }

    private List<Path> files() throws IOException {
        if (Files.notExists(folder())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder())) {
            return files.toList();
        }
    }

    /** No upload runs, and nothing is left of one. */
    private void awaitNone(TftpServerFixture server) {
        TftpServerFixture.await(
                () -> {
                    try {
                        return server.requests.limits().get(3).startsWith("Uploads: 0 of 1 ") && files().isEmpty();
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                },
                "nothing is left");
    }

    @ParameterizedTest
    @CsvSource({"0, false", "511, false", "512, false", "1000, true", "200000, false"})
    void aFileIsKeptWhole(int length, boolean isSinglePort) throws Exception {
        byte[] content = TftpServerFixture.content(length);
        try (TftpServerFixture server = server(true, List.of(), 1_000_000, isSinglePort);
                TestClient client = new TestClient(server.address())) {
            client.write(TestClient.writing("logs/crash.bin"), content);
            FakeTransfer transfer = server.boot.awaitEnd();
            assertEquals(Outcome.COMPLETED, transfer.outcome);
            assertEquals(length, transfer.sent());
            assertTrue(transfer.detail.matches("'logs/crash\\.bin', sha256:[0-9a-f]{64}"), transfer.detail);
            Path file = files().get(0);
            assertTrue(
                    file.getFileName().toString().matches("52-54-00-12-34-56-\\d{8}T\\d{6}\\.\\d{3}Z-logs_crash\\.bin"),
                    file.toString());
            assertEquals("/" + file.getFileName(), transfer.request().path());
            assertArrayEquals(content, Files.readAllBytes(file));
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())));
            assertEquals(1, files().size());
        }
    }

    @Test
    void optionsAreAgreedOnAndBlockNumbersWrap() throws Exception {
        byte[] content = TftpServerFixture.content(8 * 70_000 + 3);
        WriteRequest request = TestClient.writing(
                "big", "blksize", "8", "windowsize", "32", "tsize", Integer.toString(content.length), "timeout", "5");
        try (TftpServerFixture server = server();
                TestClient client = new TestClient(server.address())) {
            client.write(request, content);
            assertEquals(Outcome.COMPLETED, server.boot.awaitEnd().outcome);
            assertEquals(content.length, server.boot.begun.get(0).length());
            assertArrayEquals(content, Files.readAllBytes(files().get(0)));
        }
        try (TftpServerFixture server = server();
                TestClient client = new TestClient(server.address())) {
            assertEquals(
                    new OptionAck(Map.of("blksize", "1468", "windowsize", "64", "tsize", "7", "timeout", "3")),
                    client.answerTo(TestClient.writing(
                            "big", "blksize", "9000", "windowsize", "65535", "tsize", "7", "timeout", "3")));
        }
    }

    /** On an interface of jumbo frames blocks are no longer than what is received whole. */
    @Test
    void noBlockIsLongerThanWhatIsReceived() throws Exception {
        try (TftpServerFixture server = server(true, List.of(), 1_000_000, false, 9000);
                TestClient client = new TestClient(server.address())) {
            assertEquals(
                    new OptionAck(Map.of("blksize", "2044")),
                    client.answerTo(TestClient.writing("big", "blksize", "8192")));
        }
    }

    @Test
    void whatWasLostIsAskedForOnceAndWhatCameTwiceIsTakenOnce() throws Exception {
        byte[] content = TftpServerFixture.content(512 * 6 + 10);
        try (TftpServerFixture server = server();
                TestClient client = new TestClient(server.address())) {
            client.answerTo(TestClient.writing("file", "windowsize", "4", "timeout", "10"));
            client.send(TestClient.block(content, 1, 512));
            client.send(TestClient.block(content, 3, 512));
            client.send(TestClient.block(content, 4, 512));
            assertEquals(new Ack(1), client.receive());
            assertTrue(client.hearsNothing(50));
            for (int block = 2; block <= 5; block++) {
                client.send(TestClient.block(content, block, 512));
            }
            assertEquals(new Ack(5), client.receive());
            // As if that ACK had been lost: the client begins the window again.
            client.send(TestClient.block(content, 2, 512));
            client.send(TestClient.block(content, 5, 512));
            assertEquals(new Ack(5), client.receive());
            client.send(TestClient.block(content, 6, 512));
            client.send(TestClient.block(content, 7, 512));
            assertEquals(new Ack(7), client.receive());
            assertEquals(Outcome.COMPLETED, server.boot.awaitEnd().outcome);
            client.send(TestClient.block(content, 7, 512)); // RFC 1350 section 6: the last ACK was lost
            assertEquals(new Ack(7), client.receive());
            assertArrayEquals(content, Files.readAllBytes(files().get(0)));
            assertEquals(1, files().size());
        }
    }

    @Test
    void anAckThatWasLostIsSentAgain() throws Exception {
        try (TftpServerFixture server = server();
                TestClient client = new TestClient(server.address())) {
            assertEquals(new Ack(0), client.answerTo(TestClient.writing("file")));
            assertEquals(new Ack(0), client.receive());
            client.ask(TestClient.writing("file"));
            TftpServerFixture.await(() -> server.requests.counters().get(Counters.Count.REPEATED) == 1, "repeated");
            client.send(new Data(1, new byte[] {1}));
            TftpPacket answer = client.receive();
            while (answer.equals(new Ack(0))) {
                answer = client.receive();
            }
            assertEquals(new Ack(1), answer);
            assertEquals(1, server.boot.begun.size());
        }
    }

    @Test
    void anotherPortIsRefusedAndTheUploadGoesOn() throws Exception {
        try (TftpServerFixture server = server();
                TestClient client = new TestClient(server.address());
                TestClient stranger = new TestClient(server.address())) {
            client.answerTo(TestClient.writing("file", "timeout", "10"));
            stranger.sendTo(new Data(1, new byte[] {66}), client.server());
            assertEquals(TftpErrorCode.UNKNOWN_TRANSFER_ID, ((ErrorPacket) stranger.receive()).code());
            client.send(new Data(1, new byte[] {65}));
            assertEquals(new Ack(1), client.receive());
            assertEquals("A", Files.readString(files().get(0)));
        }
    }

    @Test
    void whoFallsSilentLeavesNothing() throws Exception {
        try (TftpServerFixture server = server();
                TestClient client = new TestClient(server.address())) {
            client.answerTo(TestClient.writing("file"));
            client.send(new Data(1, new byte[512]));
            FakeTransfer transfer = server.boot.awaitEnd();
            assertEquals(Outcome.TIMED_OUT, transfer.outcome);
            assertEquals("no block came after block 1", transfer.detail);
            awaitNone(server);
        }
    }

    @Test
    void whoGivesUpLeavesNothing() throws Exception {
        try (TftpServerFixture server = server();
                TestClient client = new TestClient(server.address())) {
            client.answerTo(TestClient.writing("file"));
            client.send(new ErrorPacket(TftpErrorCode.NOT_DEFINED, "no more"));
            assertEquals(Outcome.ABORTED, server.boot.awaitEnd().outcome);
            awaitNone(server);
        }
    }

    @Test
    void whatIsTooLargeIsRefusedBeforeItIsSentOrAsItCrossesTheLimit() throws Exception {
        try (TftpServerFixture server = server(true, List.of(), 1000, false);
                TestClient told = new TestClient(server.address());
                TestClient untold = new TestClient(server.address())) {
            assertEquals(NO_ROOM, told.answerTo(TestClient.writing("file", "tsize", "1001")));
            awaitNone(server);
            assertEquals(
                    new OptionAck(Map.of("timeout", "10")),
                    untold.answerTo(TestClient.writing("file", "timeout", "10")));
            untold.send(new Data(1, new byte[512]));
            assertEquals(new Ack(1), untold.receive());
            untold.send(new Data(2, new byte[512]));
            assertEquals(NO_ROOM, untold.receive());
            assertEquals(Outcome.FAILED, server.boot.awaitEnd().outcome);
            awaitNone(server);
        }
    }

    @Test
    void theWholeFolderHasALimit() throws Exception {
        byte[] content = TftpServerFixture.content(900_000);
        WriteRequest request =
                TestClient.writing("file", "tsize", "900000", "blksize", "1400", "windowsize", "16", "timeout", "10");
        try (TftpServerFixture server = server();
                TestClient first = new TestClient(server.address());
                TestClient second = new TestClient(server.address());
                TestClient third = new TestClient(server.address())) {
            first.write(request, content);
            server.boot.awaitEnd();
            assertEquals(NO_ROOM, second.answerTo(request));
            Files.delete(files().get(0));
            third.write(request, content);
            assertEquals(Outcome.COMPLETED, server.boot.awaitEnd().outcome);
        }
    }

    @Test
    void oneTooManyIsNotAnsweredUntilThereIsAPlace() throws Exception {
        try (TftpServerFixture server = server();
                TestClient first = new TestClient(server.address());
                TestClient second = new TestClient(server.address())) {
            first.answerTo(TestClient.writing("file", "timeout", "10"));
            assertTrue(server.requests.limits().get(3).startsWith("Uploads: 1 of 1 (maximumUploads) to "));
            second.ask(TestClient.writing("file"));
            assertTrue(second.hearsNothing(50));
            first.send(new Data(1, new byte[0]));
            assertEquals(new Ack(1), first.receive());
            second.write(TestClient.writing("file"), new byte[3]);
            assertEquals(2, files().size());
        }
    }

    @Test
    void whoDoesNotWaitForAnAckIsNotHeard() throws Exception {
        try (TftpServerFixture server = server();
                TestClient client = new TestClient(server.address())) {
            client.answerTo(TestClient.writing("file", "windowsize", "2", "timeout", "10"));
            byte[] content = TftpServerFixture.content(512 * 4);
            client.send(TestClient.block(content, 1, 512));
            client.send(TestClient.block(content, 3, 512));
            assertEquals(new Ack(1), client.receive());
            client.send(TestClient.block(content, 2, 512));
            client.send(TestClient.block(content, 3, 512));
            assertEquals(new Ack(3), client.receive());
            assertEquals(3 * 512, server.boot.begun.get(0).sent());
        }
    }

    @Test
    void mailIsRefused() throws Exception {
        try (TftpServerFixture server = server();
                TestClient client = new TestClient(server.address())) {
            assertEquals(
                    new ErrorPacket(TftpErrorCode.NOT_DEFINED, "only octet and netascii are taken"),
                    client.answerTo(new WriteRequest("root", "mail", Map.of())));
            awaitNone(server);
        }
    }

    @Test
    void whoMayNotIsRefused() throws Exception {
        ErrorPacket refusal =
                new ErrorPacket(TftpErrorCode.ACCESS_VIOLATION, "access violation: not from this address");
        LinkAddress other = new LinkAddress((Inet4Address) InetAddress.getByName("10.1.0.0"), 16);
        LinkAddress own = new LinkAddress((Inet4Address) InetAddress.getByName("127.0.0.0"), 8);
        try (TftpServerFixture server = server(false, List.of(other), 1000, false);
                TestClient client = new TestClient(server.address())) {
            assertEquals(refusal, client.answerTo(TestClient.writing("file")));
            awaitNone(server);
        }
        try (TftpServerFixture server = server(false, List.of(own), 1000, false);
                TestClient client = new TestClient(server.address())) {
            assertEquals(new Ack(0), client.answerTo(TestClient.writing("file")));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../../etc/passwd", "/etc/cron.d/x", "..", "a\\..\\b", "", "x\ny", "$(id)", "\u00e4", ".part"})
    void noNameLeavesTheFolder(String name) throws Exception {
        try (TftpServerFixture server = server();
                TestClient client = new TestClient(server.address())) {
            client.write(TestClient.writing(name), new byte[] {1, 2, 3});
            server.boot.awaitEnd();
            assertEquals(1, files().size());
            assertTrue(files().get(0).getFileName().toString().matches("[A-Za-z0-9._-]+(?<!\\.part)"));
            try (Stream<Path> all = Files.walk(temporary)) {
                assertEquals(3, all.count());
            }
        }
    }

    @Test
    void aFolderThatIsServedTakesNothing() throws Exception {
        try (TftpServerFixture server = server();
                TestClient client = new TestClient(server.address())) {
            server.boot.folder = Optional.of(temporary.toRealPath());
            assertEquals(
                    new ErrorPacket(TftpErrorCode.ACCESS_VIOLATION, "access violation"),
                    client.answerTo(TestClient.writing("file")));
            awaitNone(server);
        }
    }

    @Test
    void whatAnEarlierRunLeftUnfinishedIsRemovedAndNothingElse() throws Exception {
        Files.createDirectories(folder());
        Path left = folder().resolve("52-54-00-12-34-56-20261128T080000.000Z-a" + UploadFolder.UNFINISHED);
        Files.writeString(left, "half");
        Files.writeString(folder().resolve("c" + UploadFolder.UNFINISHED), "somebody else's");
        Files.writeString(folder().resolve("b"), "whole");
        try (TftpServerFixture server = server()) {
            TftpServerFixture.await(() -> Files.notExists(left), "removed");
            assertEquals(0, server.boot.begun.size());
            assertEquals(2, files().size());
            assertEquals("whole", Files.readString(folder().resolve("b")));
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsAnError() throws Exception {
        Files.writeString(folder(), "a file");
        try (TftpServerFixture server = server();
                TestClient client = new TestClient(server.address())) {
            assertEquals(
                    new ErrorPacket(TftpErrorCode.NOT_DEFINED, "the file cannot be written"),
                    client.answerTo(TestClient.writing("file")));
        }
    }

    @Test
    void aTextComesWithTheLineEndsOfThisSystem() throws Exception {
        try (TftpServerFixture server = server();
                TestClient client = new TestClient(server.address())) {
            byte[] wire = "one\r\ntwo\r\0three\r\n".getBytes(StandardCharsets.US_ASCII);
            client.write(new WriteRequest("text", "netascii", Map.of("blksize", "9")), wire);
            server.boot.awaitEnd();
            assertEquals("one\ntwo\rthree\n", Files.readString(files().get(0)));
        }
    }
}
