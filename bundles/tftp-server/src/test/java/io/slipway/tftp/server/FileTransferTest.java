package io.slipway.tftp.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slipway.boot.BootFile;
import io.slipway.boot.BootTransport;
import io.slipway.boot.Transfer.Outcome;
import io.slipway.tftp.codec.Ack;
import io.slipway.tftp.codec.Data;
import io.slipway.tftp.codec.ErrorPacket;
import io.slipway.tftp.codec.OptionAck;
import io.slipway.tftp.codec.ReadRequest;
import io.slipway.tftp.codec.TftpErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileTransferTest {

    private final TftpServerFixture server = new TftpServerFixture();

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 513, 1024, 5000})
    void filesOfEverySizeWithoutOptions(int length) throws Exception {
        byte[] content = TftpServerFixture.content(length);
        server.boot.put("/file", content);
        try (TestClient client = new TestClient(server.address())) {
            assertArrayEquals(content, client.read(TestClient.request("file")));
        }
        FakeTransfer transfer = server.boot.awaitEnd();
        assertEquals(Outcome.COMPLETED, transfer.outcome);
        assertEquals(length, transfer.sent());
        server.awaitQuiet();
    }

    /** 512-byte blocks: the block number wraps, twice with the second half. */
    @ParameterizedTest
    @CsvSource({"512, 1", "1428, 1", "512, 64", "1428, 16", "8, 3"})
    void fortyMegabytesByteForByte(String blockSize, String windowSize, @TempDir Path folder) throws Exception {
        byte[] content = TftpServerFixture.content(blockSize.equals("8") ? 1_000_000 : 40 * 1024 * 1024);
        server.boot.files.put("/images/initrd", extents(folder, content));
        try (TestClient client = new TestClient(server.address())) {
            assertArrayEquals(
                    content,
                    client.read(TestClient.request(
                            "/images/initrd", "blksize", blockSize, "tsize", "0", "windowsize", windowSize)));
        }
        FakeTransfer transfer = server.boot.awaitEnd();
        assertEquals(Outcome.COMPLETED, transfer.outcome);
        assertEquals(content.length, transfer.sent());
    }

    private static BootFile extents(Path folder, byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("content"), content);
        long first = content.length / 3;
        return BootFile.of(
                List.of(new BootFile.Extent(file, 0, first), new BootFile.Extent(file, first, content.length - first)),
                BootFile.OCTET_STREAM);
    }

    @Test
    void fiftyAtATime() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(50);
        try {
            List<Future<byte[]>> reads = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                String path = "/file-" + i;
                server.boot.put(path, TftpServerFixture.content(100_000 + i));
                reads.add(clients.submit(() -> {
                    try (TestClient client = new TestClient(server.address())) {
                        return client.read(TestClient.request(path, "blksize", "1428"));
                    }
                }));
            }
            for (int i = 0; i < 50; i++) {
                assertArrayEquals(
                        TftpServerFixture.content(100_000 + i), reads.get(i).get());
                assertEquals(Outcome.COMPLETED, server.boot.awaitEnd().outcome);
            }
        } finally {
            clients.shutdownNow();
        }
        server.awaitQuiet();
    }

    @Test
    void theRequestSaysWhoAsksAndWhere() throws Exception {
        server.boot.put("/boot/x64/loader.efi", new byte[3]);
        try (TestClient client = new TestClient(server.address())) {
            client.read(TestClient.request("\\boot\\x64//loader.efi"));
            FakeTransfer transfer = server.boot.awaitEnd();
            assertEquals("/boot/x64/loader.efi", transfer.request().path());
            assertEquals(BootTransport.TFTP, transfer.request().transport());
            assertEquals(client.local(), transfer.request().remote());
            assertEquals(server.address(), transfer.request().local());
            assertEquals("test0", transfer.request().link());
            assertEquals(FakeBoot.MAC, transfer.request().client().orElseThrow().mac());
        }
    }

    /** RFC 2347: what is unknown, or outside its range, is not acknowledged, and is as if it had not been asked for. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "7", "65465", "-1", "many", "", "99999999999999999999"})
    void aBlockSizeOutsideItsRangeIsNotAcknowledged(String blockSize) throws Exception {
        byte[] content = TftpServerFixture.content(1000);
        server.boot.put("/file", content);
        try (TestClient client = new TestClient(server.address())) {
            assertEquals(
                    new OptionAck(Map.of("tsize", "1000")),
                    client.answerTo(TestClient.request("file", "tsize", "0", "blksize", blockSize)));
        }
        try (TestClient client = new TestClient(server.address())) {
            Data first = (Data) client.answerTo(TestClient.request("file", "blksize", blockSize));
            assertEquals(512, first.payload().length);
        }
    }

    @Test
    void aWindowIsSentAtOnce() throws Exception {
        server.boot.put("/file", TftpServerFixture.content(5000));
        try (TestClient client = new TestClient(server.address())) {
            assertEquals(
                    new OptionAck(Map.of("windowsize", "4")),
                    client.answerTo(TestClient.request("file", "windowsize", "4")));
            client.acknowledge(0);
            for (int block = 1; block <= 4; block++) {
                assertEquals(block, ((Data) client.receive()).block());
            }
            client.acknowledge(4);
            for (int block = 5; block <= 8; block++) {
                assertEquals(block, ((Data) client.receive()).block());
            }
        }
    }

    @Test
    void theSmallestBlock() throws Exception {
        byte[] content = TftpServerFixture.content(100);
        server.boot.put("/file", content);
        try (TestClient client = new TestClient(server.address())) {
            assertArrayEquals(content, client.read(TestClient.request("file", "blksize", "8")));
        }
    }

    /** Many ROMs cannot put fragments together: the largest block fits into one frame of the link. */
    @Test
    void theLargestBlockIsWhatTheLinkCarries() throws Exception {
        server.boot.put("/file", TftpServerFixture.content(100_000));
        try (TestClient client = new TestClient(server.address())) {
            assertEquals(
                    new OptionAck(Map.of("blksize", "1468")),
                    client.answerTo(TestClient.request("file", "blksize", "65464")));
        }
    }

    @Test
    void aLinkThatCarriesMoreGetsMore() throws Exception {
        byte[] content = TftpServerFixture.content(200_000);
        try (TftpServerFixture wide = new TftpServerFixture(TftpServerFixture.settings(10, 200, 5), 65536)) {
            wide.boot.put("/file", content);
            try (TestClient client = new TestClient(wide.address())) {
                assertArrayEquals(content, client.read(TestClient.request("file", "blksize", "65464")));
                assertEquals(Outcome.COMPLETED, wide.boot.awaitEnd().outcome);
            }
        }
    }

    @Test
    void unknownOptionsAreNotAcknowledged() throws Exception {
        server.boot.put("/file", TftpServerFixture.content(600));
        try (TestClient client = new TestClient(server.address())) {
            assertEquals(
                    new OptionAck(Map.of("blksize", "1400", "timeout", "3")),
                    client.answerTo(TestClient.request("file", "BlkSize", "1400", "timeout", "3", "multicast", "")));
        }
    }

    @Test
    void aTextIsTranslated() throws Exception {
        server.boot.put("/text", "one\ntwo\r\nthree\rfour\n".getBytes(StandardCharsets.US_ASCII));
        ReadRequest request = new ReadRequest("text", "netascii", Map.of("tsize", "0"));
        byte[] expected = "one\r\ntwo\r\nthree\r\0four\r\n".getBytes(StandardCharsets.US_ASCII);
        try (TestClient client = new TestClient(server.address())) {
            assertEquals(new OptionAck(Map.of("tsize", Integer.toString(expected.length))), client.answerTo(request));
        }
        try (TestClient client = new TestClient(server.address())) {
            assertArrayEquals(expected, client.read(request));
        }
    }

    @Test
    void noTextIsThatLarge() throws Exception {
        server.boot.put("/text", new byte[NetAscii.LARGEST + 1]);
        try (TestClient client = new TestClient(server.address())) {
            assertEquals(
                    new ErrorPacket(TftpErrorCode.NOT_DEFINED, "the file cannot be read"),
                    client.answerTo(new ReadRequest("text", "netascii", Map.of())));
        }
    }

    /** RFC 1350 has the server answer from a port of its own; a firewall may let only the door's pass. */
    @ParameterizedTest
    @ValueSource(strings = {"1", "16"})
    void allFromThePortThatWasAsked(String windowSize) throws Exception {
        byte[] content = TftpServerFixture.content(300_000);
        Settings one = new Settings(
                100,
                32,
                100,
                65464,
                64,
                Duration.ofMillis(200),
                8,
                true,
                2,
                100,
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                Optional.empty());
        try (TftpServerFixture single = new TftpServerFixture(one);
                TestClient client = new TestClient(single.address());
                TestClient other = new TestClient(single.address())) {
            single.boot.put("/file", content);
            other.answerTo(TestClient.request("file"));
            assertArrayEquals(
                    content, client.read(TestClient.request("file", "blksize", "1000", "windowsize", windowSize)));
            assertEquals(single.address(), client.server());
            assertEquals(Outcome.COMPLETED, single.boot.awaitEnd().outcome);
            other.send(new ErrorPacket(TftpErrorCode.NOT_DEFINED, "enough"));
            assertEquals(Outcome.ABORTED, single.boot.awaitEnd().outcome);
            assertEquals(0, single.door.opened());
            client.send(new Ack(1));
            TftpServerFixture.await(() -> single.requests.counters().get(Counters.Count.STRAY) == 1, "of no transfer");
        }
    }
}
