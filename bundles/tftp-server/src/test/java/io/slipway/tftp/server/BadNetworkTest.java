package io.slipway.tftp.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.Transfer.Outcome;
import io.slipway.tftp.codec.Ack;
import io.slipway.tftp.codec.Data;
import io.slipway.tftp.codec.ErrorPacket;
import io.slipway.tftp.codec.OptionAck;
import io.slipway.tftp.codec.TftpErrorCode;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Loss, duplication and disorder. */
class BadNetworkTest {

    private final TftpServerFixture server = new TftpServerFixture(TftpServerFixture.settings(100, 30, 12));

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void lostData(long seed) throws Exception {
        reads(new Mischief(seed, 0.05, 0, 0));
        assertEquals(Outcome.COMPLETED, server.boot.awaitEnd().outcome);
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void lostAndRepeatedAcknowledgements(long seed) throws Exception {
        reads(new Mischief(seed, 0, 0.05, 0.3));
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 8, 9})
    void everythingAtOnce(long seed) throws Exception {
        reads(new Mischief(seed, 0.05, 0.05, 0.2));
    }

    @ParameterizedTest
    @CsvSource({"10, 2", "11, 4", "12, 16", "13, 64"})
    void windows(long seed, String windowSize) throws Exception {
        byte[] content = TftpServerFixture.content(300_000);
        server.boot.put("/file", content);
        try (TestClient client = new TestClient(server.address(), new Mischief(seed, 0.05, 0.05, 0.2))) {
            assertArrayEquals(
                    content, client.read(TestClient.request("file", "blksize", "600", "windowsize", windowSize)));
        }
    }

    private void reads(Mischief mischief) throws Exception {
        byte[] content = TftpServerFixture.content(60_000);
        server.boot.put("/file", content);
        try (TestClient client = new TestClient(server.address(), mischief)) {
            assertArrayEquals(content, client.read(TestClient.request("file", "blksize", "600", "tsize", "0")));
        }
    }

    /** RFC 1123 section 4.2.3.1: a repeated ACK sends nothing, or every packet from there on would go twice. */
    @Test
    void aRepeatedAckSendsNothing() throws Exception {
        try (TftpServerFixture slow = new TftpServerFixture(TftpServerFixture.settings(10, 10_000, 5))) {
            slow.boot.put("/file", TftpServerFixture.content(5000));
            try (TestClient client = new TestClient(slow.address())) {
                client.answerTo(TestClient.request("file"));
                client.send(new Ack(1));
                assertEquals(2, ((Data) client.receive()).block());
                client.send(new Ack(1));
                client.send(new Ack(1));
                client.send(new Ack(0));
                client.send(new Ack(77));
                client.send(new Ack(2));
                assertEquals(3, ((Data) client.receive()).block());
                // Sooner than the block is sent again since nothing answers it.
                assertTrue(client.hearsNothing(RoundTrip.LEAST_WAIT_MILLIS / 2));
            }
        }
    }

    @Test
    void theOackIsSentAgain() throws Exception {
        server.boot.put("/file", TftpServerFixture.content(700));
        OptionAck expected = new OptionAck(Map.of("blksize", "600"));
        try (TestClient client = new TestClient(server.address())) {
            assertEquals(expected, client.answerTo(TestClient.request("file", "blksize", "600")));
            assertEquals(expected, client.receive());
            client.send(new Ack(0));
            TftpServerFixture.await(() -> received(client) instanceof Data, "the first block");
        }
    }

    @Test
    void aSilentClientIsGivenUp() throws Exception {
        try (TftpServerFixture hasty = new TftpServerFixture(TftpServerFixture.settings(10, 150, 2))) {
            hasty.boot.put("/file", TftpServerFixture.content(5000));
            try (TestClient client = new TestClient(hasty.address())) {
                client.answerTo(TestClient.request("file"));
                client.send(new Ack(1));
                FakeTransfer transfer = hasty.boot.awaitEnd();
                assertEquals(Outcome.TIMED_OUT, transfer.outcome);
                assertEquals("no ACK for block 2 of 10", transfer.detail);
                assertEquals(512, transfer.sent());
                for (int i = 0; i < 4; i++) { // the first repetition is sooner, since the client has been quick
                    assertEquals(2, ((Data) client.receive()).block());
                }
                assertTrue(client.hearsNothing(50));
                hasty.awaitQuiet();
            }
        }
    }

    /** Not COMPLETED: nobody knows whether the last block has arrived. */
    @Test
    void theLastAckMayNeverCome() throws Exception {
        try (TftpServerFixture hasty = new TftpServerFixture(TftpServerFixture.settings(10, 150, 2))) {
            hasty.boot.put("/file", TftpServerFixture.content(500));
            try (TestClient client = new TestClient(hasty.address())) {
                client.answerTo(TestClient.request("file"));
                FakeTransfer transfer = hasty.boot.awaitEnd();
                assertEquals(Outcome.TIMED_OUT, transfer.outcome);
                assertEquals("every byte was sent, the last ACK never came", transfer.detail);
            }
        }
    }

    /** RFC 1350 section 4: it gets an error, and the transfer goes on. */
    @Test
    void aWrongTransferIdIsToldSo() throws Exception {
        byte[] content = TftpServerFixture.content(1200);
        server.boot.put("/file", content);
        try (TestClient client = new TestClient(server.address());
                TestClient stranger = new TestClient(server.address())) {
            Data first = (Data) client.answerTo(TestClient.request("file"));
            stranger.sendTo(new ErrorPacket(TftpErrorCode.NOT_DEFINED, "stop"), client.server());
            stranger.sendTo(new Ack(1), client.server());
            assertEquals(TftpErrorCode.UNKNOWN_TRANSFER_ID, ((ErrorPacket) stranger.receive()).code());
            assertTrue(stranger.hearsNothing(50), "an error must not be answered with an error");
            assertEquals(1, first.block());
            client.send(new Ack(1));
            TftpServerFixture.await(() -> received(client) instanceof Data data && data.block() == 2, "block 2");
            client.send(new Ack(2));
            TftpServerFixture.await(() -> received(client) instanceof Data data && data.block() == 3, "block 3");
            client.send(new Ack(3));
            assertEquals(Outcome.COMPLETED, server.boot.awaitEnd().outcome);
        }
    }

    /** A long transfer has its socket connected, and hears strangers all the same. */
    @Test
    void alsoInTheMiddleOfALongTransfer() throws Exception {
        byte[] content = TftpServerFixture.content(2_000_000);
        server.boot.put("/file", content);
        try (TestClient client = new TestClient(server.address());
                TestClient stranger = new TestClient(server.address())) {
            int block = ((Data) client.answerTo(TestClient.request("file"))).block();
            while (block < 1000) {
                client.send(new Ack(block));
                Data data = (Data) client.receive();
                block = Math.max(block, data.block());
            }
            stranger.sendTo(new Ack(1), client.server());
            assertEquals(TftpErrorCode.UNKNOWN_TRANSFER_ID, ((ErrorPacket) stranger.receive()).code());
            client.send(new Ack(block));
            int next = block + 1;
            TftpServerFixture.await(() -> received(client) instanceof Data data && data.block() == next, "goes on");
        }
    }

    @Test
    void nonsenseOnTheTransfersPortIsIgnored() throws Exception {
        server.boot.put("/file", TftpServerFixture.content(100));
        try (TestClient client = new TestClient(server.address())) {
            client.answerTo(TestClient.request("file"));
            client.sendRaw(new byte[] {0, 4, 0}, client.server());
            client.sendRaw(new byte[0], client.server());
            client.send(TestClient.request("file"));
            client.send(new Ack(1));
            assertEquals(Outcome.COMPLETED, server.boot.awaitEnd().outcome);
            assertEquals(2, server.requests.counters().get(Counters.Count.MALFORMED));
            assertEquals(1, server.requests.counters().get(Counters.Count.STRAY));
        }
    }

    private static Object received(TestClient client) {
        try {
            return client.receive();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
