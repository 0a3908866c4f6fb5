package io.slipway.tftp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.util.concurrent.EventExecutor;
import io.slipway.boot.BootEvent;
import io.slipway.sockets.Bandwidth;
import io.slipway.tftp.codec.Ack;
import io.slipway.tftp.codec.Data;
import io.slipway.tftp.codec.ErrorPacket;
import io.slipway.tftp.codec.OptionAck;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is shown of clients that wait, and of transfers that are held back. */
class HeldBackTest {

    @Test
    void whoWaitsIsShownWithTheLimitAndInTheJournalOnce() throws Exception {
        byte[] content = TftpServerFixture.content(100);
        try (TftpServerFixture server = new TftpServerFixture(TftpServerFixture.settings(1, 10_000, 5));
                TestClient first = new TestClient(server.address());
                TestClient second = new TestClient(server.address())) {
            server.boot.put("/file", content);
            first.answerTo(TestClient.request("file"));
            assertEquals(Duration.ZERO, server.boot.begun.get(0).waited);
            second.ask(TestClient.request("file"));
            TftpServerFixture.await(() -> server.requests.counters().get(Counters.Count.WAITED) == 1, "waits");
            second.ask(TestClient.request("file"));
            TftpServerFixture.await(() -> server.requests.counters().get(Counters.Count.WAITED) == 2, "asked again");
            List<String> limits = server.requests.limits();
            assertEquals(
                    List.of(
                            "Transfers: 1 of 1 (maximumTransfers), at most 100 of one client"
                                    + " (maximumTransfersPerClient)",
                            "Waiting: 1 of 1,000 (maximumWaiting): 1 for maximumTransfers"),
                    limits.subList(0, 2));
            assertTrue(limits.get(2).contains("of 2 threads are busy"), limits.get(2));
            first.send(new Ack(1));
            assertEquals(new Data(1, content), second.receive());
            second.send(new Ack(1));
            server.awaitQuiet();
            assertFalse(server.boot.begun.get(1).waited.isZero());
            assertEquals(1, server.boot.journal.size());
            BootEvent waits = server.boot.journal.remove();
            assertEquals(BootEvent.Step.FILE_WAITS, waits.step());
            assertEquals(Optional.of(FakeBoot.MAC), waits.mac());
            assertEquals("file: maximumTransfers", waits.detail());
        }
    }

    @Test
    void eachWaitsForALimitOfItsOwn() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        Settings few = new Settings(
                100,
                2,
                1000,
                Terms.LARGEST_BLOCK,
                64,
                Duration.ofSeconds(10),
                5,
                false,
                1,
                1,
                Duration.ofSeconds(30),
                Duration.ofSeconds(2),
                Optional.empty());
        try (TftpServerFixture server = new TftpServerFixture(few);
                TestClient first = new TestClient(server.address());
                TestClient second = new TestClient(server.address());
                TestClient third = new TestClient(server.address())) {
            server.boot.before = request -> {
                try {
                    mayAnswer.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            };
            first.ask(TestClient.request("file"));
            TftpServerFixture.await(() -> server.boot.lookups.size() == 1, "the one thread is taken");
            second.ask(TestClient.request("file"));
            TftpServerFixture.await(() -> server.requests.active() == 2, "the one place is taken");
            third.ask(TestClient.request("file"));
            TftpServerFixture.await(() -> server.requests.waiting() == 1, "waits");
            List<String> limits = server.requests.limits();
            assertTrue(limits.get(1).endsWith(": 1 for maximumTransfersPerClient"), limits.get(1));
            assertTrue(limits.get(2).startsWith("Lookups: 1 of 1 threads are busy"), limits.get(2));
            assertTrue(limits.get(2).contains("1 of 1 requests wait"), limits.get(2));
            mayAnswer.countDown();
            assertTrue(third.receive() instanceof ErrorPacket);
        }
    }

    @Test
    void aTransferThatBandwidthHoldsBackSaysSoAndGoesOnInItsTurn() throws Exception {
        byte[] content = TftpServerFixture.content(1500);
        BlockingQueue<Runnable> turns = new LinkedBlockingQueue<>();
        BlockingQueue<Long> reserved = new LinkedBlockingQueue<>();
        try (TftpServerFixture server = new TftpServerFixture();
                TestClient client = new TestClient(server.address())) {
            server.door.bandwidth = new Bandwidth() {
                @Override
                public Optional<String> reserve(InetAddress to, long bytes, EventExecutor loop, Runnable turn) {
                    reserved.add(bytes);
                    turns.add(() -> loop.execute(turn));
                    return Optional.of("bandwidth");
                }

                @Override
                public long turn() {
                    return 1100;
                }
            };
            server.boot.put("/file", content);
            assertEquals(
                    new OptionAck(Map.of("windowsize", "4", "blksize", "512")),
                    client.answerTo(TestClient.request("file", "windowsize", "4", "blksize", "512")));
            client.send(new Ack(0));
            Runnable turn = turns.poll(20, TimeUnit.SECONDS);
            assertEquals(2 * 516, reserved.remove());
            FakeTransfer transfer = server.boot.begun.get(0);
            TftpServerFixture.await(() -> transfer.isHeld, "held back");
            assertEquals(Optional.of("bandwidth"), transfer.heldBy());
            assertTrue(client.hearsNothing(50));
            turn.run();
            assertEquals(1, ((Data) client.receive()).block());
            assertEquals(2, ((Data) client.receive()).block());
            Runnable second = turns.poll(20, TimeUnit.SECONDS);
            assertEquals(516, reserved.remove());
            assertTrue(client.hearsNothing(50));
            second.run();
            assertEquals(3, ((Data) client.receive()).block());
            assertFalse(transfer.isHeld);
            client.send(new Ack(3));
            server.awaitQuiet();
            assertEquals(0, turns.size());
        }
    }
}
