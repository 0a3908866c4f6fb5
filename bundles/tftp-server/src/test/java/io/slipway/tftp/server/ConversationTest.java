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
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a request becomes one transfer, and how clients end it. */
class ConversationTest {

    private final TftpServerFixture server = new TftpServerFixture(TftpServerFixture.settings(100, 10_000, 5));

    @AfterEach
    void close() {
        server.close();
    }

    /** EDK2 says error 8, iPXE error 0, and both come back for the file, here from the same port. */
    @ParameterizedTest
    @CsvSource({"8, User aborted the transfer", "0, TFTP Aborted"})
    void aSizeProbeIsNoFailure(int code, String text) throws Exception {
        byte[] content = TftpServerFixture.content(1000);
        server.boot.put("/bootx64.efi", content);
        try (TestClient client = new TestClient(server.address())) {
            assertEquals(
                    new OptionAck(Map.of("tsize", "1000")),
                    client.answerTo(TestClient.request("bootx64.efi", "tsize", "0")));
            client.send(new ErrorPacket(new TftpErrorCode(code), text));
            assertEquals(Outcome.SIZE_PROBE, server.boot.awaitEnd().outcome);
            server.awaitQuiet();
            assertArrayEquals(content, client.read(TestClient.request("bootx64.efi", "blksize", "1468")));
        }
    }

    @Test
    void anErrorOnceDataFlowsIsAnAbort() throws Exception {
        server.boot.put("/file", TftpServerFixture.content(1000));
        try (TestClient client = new TestClient(server.address())) {
            client.answerTo(TestClient.request("file", "tsize", "0"));
            client.send(new Ack(0));
            client.receive();
            client.send(new ErrorPacket(TftpErrorCode.DISK_FULL, "no\nspace"));
            FakeTransfer transfer = server.boot.awaitEnd();
            assertEquals(Outcome.ABORTED, transfer.outcome);
            assertEquals("the client said: no?space, disk full (3)", transfer.detail);
        }
    }

    @Test
    void anErrorToOptionsWithoutASizeIsAnAbort() throws Exception {
        server.boot.put("/file", TftpServerFixture.content(1000));
        try (TestClient client = new TestClient(server.address())) {
            client.answerTo(TestClient.request("file", "blksize", "1000"));
            client.send(new ErrorPacket(TftpErrorCode.OPTION_NEGOTIATION, ""));
            FakeTransfer transfer = server.boot.awaitEnd();
            assertEquals(Outcome.ABORTED, transfer.outcome);
            assertEquals("the client said: option negotiation failed (8)", transfer.detail);
        }
    }

    @Test
    void aRepeatedRequestStartsNoSecondTransfer() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        server.boot.put("/file", TftpServerFixture.content(100));
        server.boot.before = request -> awaitUninterruptibly(mayAnswer);
        try (TestClient client = new TestClient(server.address())) {
            client.ask(TestClient.request("file"));
            client.ask(TestClient.request("file"));
            TftpServerFixture.await(() -> server.requests.counters().get(Counters.Count.REPEATED) == 1, "one repeated");
            mayAnswer.countDown();
            assertEquals(1, ((Data) client.receive()).block());
            client.ask(TestClient.request("file"));
            TftpServerFixture.await(() -> server.requests.counters().get(Counters.Count.REPEATED) == 2, "two repeated");
            client.send(new Ack(1));
            assertEquals(Outcome.COMPLETED, server.boot.awaitEnd().outcome);
            assertTrue(client.hearsNothing(100));
        }
        assertEquals(1, server.boot.begun.size());
        server.awaitQuiet();
    }

    /** RFC 2347: an option may be specified only once. The first counts. */
    @Test
    void aDoubledOptionCountsOnce() throws Exception {
        server.boot.put("/file", TftpServerFixture.content(1000));
        try (TestClient client = new TestClient(server.address())) {
            client.sendRaw(
                    "\0\1file\0octet\0blksize\000600\0BLKSIZE\00016\0blksize\0x\0".getBytes(StandardCharsets.US_ASCII),
                    server.address());
            assertEquals(new OptionAck(Map.of("blksize", "600")), client.receive());
        }
    }

    /** RFC 7440 section 3 has windows of 1 to 65535; another value is no option (RFC 2347), and not an error 8. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "-1", ""})
    void aWindowThatCannotBeIsIgnored(String size) throws Exception {
        server.boot.put("/file", TftpServerFixture.content(1000));
        try (TestClient client = new TestClient(server.address())) {
            assertEquals(1, ((Data) client.answerTo(TestClient.request("file", "windowsize", size))).block());
        }
    }

    /** The client no longer waits for the answer to what it asked first, found or not. */
    @Test
    void onlyTheLastRequestIsAnswered() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        byte[] last = TftpServerFixture.content(100);
        server.boot.put("/first", TftpServerFixture.content(5000));
        server.boot.put("/last", last);
        server.boot.before = request -> awaitUninterruptibly(mayAnswer);
        try (TestClient client = new TestClient(server.address())) {
            client.ask(TestClient.request("first"));
            client.ask(TestClient.request("absent"));
            client.ask(TestClient.request("last"));
            client.ask(TestClient.request("last"));
            TftpServerFixture.await(() -> server.requests.counters().get(Counters.Count.REPEATED) == 1, "all arrived");
            TftpServerFixture.await(() -> server.boot.lookups.size() == 2, "both threads wait");
            mayAnswer.countDown();
            assertEquals(new Data(1, last), client.receive());
            client.send(new Ack(1));
            assertEquals(Outcome.COMPLETED, server.boot.awaitEnd().outcome);
            assertTrue(client.hearsNothing(50));
        }
        assertEquals(1, server.boot.begun.size());
        assertTrue(server.boot.journal.isEmpty());
        server.awaitQuiet();
    }

    @Test
    void anotherFileFromTheSamePortEndsTheFirst() throws Exception {
        byte[] other = TftpServerFixture.content(700);
        server.boot.put("/first", TftpServerFixture.content(5000));
        server.boot.put("/other", other);
        try (TestClient client = new TestClient(server.address())) {
            client.answerTo(TestClient.request("first"));
            assertArrayEquals(other, client.read(TestClient.request("other")));
        }
        // Each ends on an event loop of its own, so either may be told of first.
        Map<String, Outcome> ends = new HashMap<>();
        for (int i = 0; i < 2; i++) {
            FakeTransfer ended = server.boot.awaitEnd();
            ends.put(ended.request().path(), ended.outcome);
        }
        assertEquals(Map.of("/first", Outcome.ABORTED, "/other", Outcome.COMPLETED), ends);
        server.awaitQuiet();
    }

    /** A machine that is reset in mid-transfer asks again from the ROM's fixed port, and waits for block 1. */
    @Test
    void aMachineThatWasResetIsServedFromTheBeginning() throws Exception {
        byte[] content = TftpServerFixture.content(3000);
        try (TftpServerFixture quick = new TftpServerFixture(TftpServerFixture.settings(10, 20, 20))) {
            quick.boot.put("/file", content);
            try (TestClient client = new TestClient(quick.address())) {
                client.answerTo(TestClient.request("file"));
                client.send(new Ack(1));
                int seen = 0;
                while (seen
                        < 3) { // sent again and again: the transfer has stalled; block 1 too, if this thread was slow
                    if (((Data) client.receive()).block() == 2) {
                        seen++;
                    }
                }
                client.ask(TestClient.request("file"));
                TftpServerFixture.await(() -> quick.boot.begun.size() == 2, "a second transfer");
                FakeTransfer first = quick.boot.awaitEnd();
                assertEquals(Outcome.ABORTED, first.outcome);
                assertEquals("the client began again", first.detail);
            }
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
