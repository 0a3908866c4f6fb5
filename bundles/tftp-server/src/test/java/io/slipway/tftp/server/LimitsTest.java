package io.slipway.tftp.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slipway.boot.BootEvent;
import io.slipway.boot.Transfer.Outcome;
import io.slipway.tftp.codec.Ack;
import io.slipway.tftp.codec.Data;
import io.slipway.tftp.codec.ErrorPacket;
import io.slipway.tftp.codec.OptionAck;
import io.slipway.tftp.codec.TftpEncoder;
import io.slipway.tftp.codec.TftpErrorCode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens at the limits, when the settings change and when the server stops. */
class LimitsTest {

    @Test
    void aboveTheMaximumClientsWait() throws Exception {
        byte[] content = TftpServerFixture.content(600);
        try (TftpServerFixture server = new TftpServerFixture(TftpServerFixture.settings(1, 10_000, 5));
                TestClient first = new TestClient(server.address());
                TestClient second = new TestClient(server.address())) {
            server.boot.put("/file", content);
            begin(first);
            second.ask(TestClient.request("file"));
            TftpServerFixture.await(() -> server.requests.waiting() == 1, "waits");
            assertTrue(second.hearsNothing(50));
            first.send(new Ack(2));
            assertEquals(new Data(1, Arrays.copyOf(content, 512)), second.receive());
            second.send(new Ack(1));
            second.receive();
            second.send(new Ack(2));
            server.awaitQuiet();
            assertEquals(0, server.requests.waiting());
        }
    }

    @Test
    void whoAsksAgainKeepsItsPlaceAndWhoComesTooLateIsDropped() throws Exception {
        byte[] content = TftpServerFixture.content(600);
        Settings one = settings(1, 32, 2, 2, 100, Duration.ofSeconds(5));
        try (TftpServerFixture server = new TftpServerFixture(one);
                TestClient first = new TestClient(server.address());
                TestClient second = new TestClient(server.address());
                TestClient third = new TestClient(server.address());
                TestClient fourth = new TestClient(server.address())) {
            server.boot.put("/file", content);
            begin(first);
            second.ask(TestClient.request("file"));
            TftpServerFixture.await(() -> server.requests.waiting() == 1, "the second waits");
            third.ask(TestClient.request("file"));
            TftpServerFixture.await(() -> server.requests.waiting() == 2, "the third waits");
            fourth.ask(TestClient.request("file"));
            TftpServerFixture.await(() -> server.requests.counters().get(Counters.Count.OVERLOADED) == 1, "dropped");
            second.ask(TestClient.request("file"));
            TftpServerFixture.await(() -> server.requests.counters().get(Counters.Count.WAITED) == 3, "asked again");
            first.send(new Ack(2));
            assertEquals(new Data(1, Arrays.copyOf(content, 512)), second.receive());
            second.send(new Ack(1));
            second.receive();
            assertTrue(third.hearsNothing(50));
            second.send(new Ack(2));
            assertEquals(new Data(1, Arrays.copyOf(content, 512)), third.receive());
        }
    }

    /** Many wait while lookups hang: nothing is dropped, and all are answered in the end. */
    @Test
    void thoseWhoWaitAreServedAsLookupsFindTime() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        Settings few = settings(8, 1000, 1000, 1, 2, Duration.ofSeconds(30));
        List<TestClient> clients = new ArrayList<>();
        try (TftpServerFixture server = new TftpServerFixture(few)) {
            server.boot.before = request -> awaitUninterruptibly(mayAnswer);
            for (int i = 0; i < 300; i++) {
                TestClient client = new TestClient(server.address());
                clients.add(client);
                client.ask(TestClient.request("file"));
                int asked = i + 1;
                TftpServerFixture.await(() -> server.requests.active() + server.requests.waiting() == asked, "taken");
            }
            mayAnswer.countDown();
            TftpServerFixture.await(
                    () -> server.requests.counters().get(Counters.Count.NOT_FOUND) == 300, "all answered");
            assertEquals(0, server.requests.waiting());
        } finally {
            clients.forEach(TestClient::close);
        }
    }

    @Test
    void aFullQueueOfLookupsHasRequestsWait() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        Settings one = settings(100, 32, 1000, 1, 1, Duration.ofSeconds(30));
        try (TftpServerFixture server = new TftpServerFixture(one);
                TestClient first = new TestClient(server.address());
                TestClient second = new TestClient(server.address());
                TestClient third = new TestClient(server.address())) {
            server.boot.before = request -> awaitUninterruptibly(mayAnswer);
            first.ask(TestClient.request("file"));
            TftpServerFixture.await(() -> server.boot.lookups.size() == 1, "the one thread is taken");
            second.ask(TestClient.request("file"));
            TftpServerFixture.await(() -> server.requests.active() == 2, "the one place is taken");
            third.ask(TestClient.request("file"));
            TftpServerFixture.await(() -> server.requests.waiting() == 1, "waits");
            assertEquals(2, server.requests.active());
            mayAnswer.countDown();
            assertEquals(TftpErrorCode.FILE_NOT_FOUND, ((ErrorPacket) first.receive()).code());
            assertEquals(TftpErrorCode.FILE_NOT_FOUND, ((ErrorPacket) second.receive()).code());
            assertEquals(TftpErrorCode.FILE_NOT_FOUND, ((ErrorPacket) third.receive()).code());
        }
    }

    @Test
    void aClientAboveItsShareWaitsAndOthersAreServed() throws Exception {
        byte[] content = TftpServerFixture.content(100);
        Settings two = settings(100, 2, 1000, 2, 100, Duration.ofSeconds(5));
        try (TftpServerFixture server = new TftpServerFixture(two);
                TestClient first = new TestClient(server.address());
                TestClient second = new TestClient(server.address());
                TestClient third = new TestClient(server.address())) {
            server.boot.put("/file", content);
            first.answerTo(TestClient.request("file"));
            first.answerTo(TestClient.request("file", "blksize", "600"));
            second.answerTo(TestClient.request("file"));
            third.ask(TestClient.request("file"));
            TftpServerFixture.await(() -> server.requests.waiting() == 1, "waits");
            received(server, "192.0.2.7");
            TftpServerFixture.await(() -> server.requests.active() == 3, "another address is served");
            second.send(new Ack(1));
            assertEquals(new Data(1, content), third.receive());
        }
    }

    private static void received(TftpServerFixture server, String address) throws Exception {
        ByteBuf request = Unpooled.buffer();
        TftpEncoder.encode(TestClient.request("file"), request);
        server.requests.received(
                request, new InetSocketAddress(InetAddress.getByName(address), 2070), server.door.asked, server.door);
    }

    @Test
    void twentyTransfersOfOneAddressRunAtATime() throws Exception {
        byte[] content = TftpServerFixture.content(100);
        List<TestClient> clients = new ArrayList<>();
        try (TftpServerFixture server = new TftpServerFixture(Settings.of(SettingsTest.config(Map.of())))) {
            server.boot.put("/file", content);
            for (int i = 0; i < 20; i++) {
                TestClient client = new TestClient(server.address());
                clients.add(client);
                client.answerTo(TestClient.request("file"));
            }
            assertEquals(20, server.requests.active());
        } finally {
            clients.forEach(TestClient::close);
        }
    }

    @Test
    void aLookupThatHangsIsAnsweredAtItsDeadline() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        Settings hasty = settings(100, 32, 1000, 1, 1, Duration.ofMillis(50));
        try (TftpServerFixture server = new TftpServerFixture(hasty);
                TestClient client = new TestClient(server.address())) {
            server.boot.put("/file", new byte[1]);
            server.boot.before = request -> awaitUninterruptibly(mayAnswer);
            assertEquals(
                    new ErrorPacket(TftpErrorCode.NOT_DEFINED, "the server took too long"),
                    client.answerTo(TestClient.request("file")));
            assertEquals(
                    BootEvent.Step.FILE_FAILED,
                    server.boot.journal.poll(20, TimeUnit.SECONDS).step());
            mayAnswer.countDown();
            server.awaitQuiet();
            assertEquals(0, server.boot.begun.size());
        }
    }

    @Test
    void aSourceWhoseBundleIsGoneIsAnErrorAtOnce() throws Exception {
        try (TftpServerFixture server = new TftpServerFixture();
                TestClient client = new TestClient(server.address())) {
            server.boot.before = request -> {
                throw new NoClassDefFoundError("a class of a bundle that was removed");
            };
            assertEquals(
                    new ErrorPacket(TftpErrorCode.NOT_DEFINED, "the file cannot be read"),
                    client.answerTo(TestClient.request("file")));
            server.awaitQuiet();
        }
    }

    @Test
    void anEndThatCannotBeToldKeepsNoSocket() throws Exception {
        byte[] content = TftpServerFixture.content(100);
        try (TftpServerFixture server = new TftpServerFixture(TftpServerFixture.settings(1, 10_000, 5));
                TestClient client = new TestClient(server.address())) {
            server.boot.put("/file", content);
            client.answerTo(TestClient.request("file"));
            server.boot.begun.get(0).isBroken = true;
            client.send(new Ack(1));
            server.awaitQuiet();
            assertArrayEquals(content, client.read(TestClient.request("file")));
        }
    }

    @Test
    void runningTransfersGoOnWhenTheSettingsChange() throws Exception {
        try (TftpServerFixture server = new TftpServerFixture(TftpServerFixture.settings(10, 10_000, 5));
                TestClient running = new TestClient(server.address());
                TestClient next = new TestClient(server.address())) {
            server.boot.put("/file", new byte[600]);
            assertEquals(
                    new OptionAck(Map.of("blksize", "1000")),
                    running.answerTo(TestClient.request("file", "blksize", "1000")));
            server.requests.change(new Settings(
                    10,
                    32,
                    1000,
                    600,
                    64,
                    Duration.ofSeconds(10),
                    5,
                    false,
                    1,
                    1,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(2),
                    Optional.empty()));
            assertEquals(
                    new OptionAck(Map.of("blksize", "600")),
                    next.answerTo(TestClient.request("file", "blksize", "1000")));
            running.send(new Ack(0));
            running.receive();
            running.send(new Ack(1));
            assertEquals(Outcome.COMPLETED, server.boot.awaitEnd().outcome);
        }
    }

    @Test
    void beforeItStopsNothingNewIsTaken() throws Exception {
        try (TftpServerFixture server = new TftpServerFixture(TftpServerFixture.settings(10, 10_000, 5));
                TestClient client = new TestClient(server.address());
                TestClient late = new TestClient(server.address())) {
            server.boot.put("/file", new byte[600]);
            client.answerTo(TestClient.request("file"));
            server.requests.takeNoMore();
            late.ask(TestClient.request("file"));
            client.send(new Ack(1));
            client.receive();
            client.send(new Ack(2));
            assertEquals(Outcome.COMPLETED, server.boot.awaitEnd().outcome);
            assertTrue(late.hearsNothing(50));
            server.requests.stop(0);
            assertEquals(1, server.boot.begun.size());
        }
    }

    @Test
    void stoppingLetsTransfersEnd() throws Exception {
        try (TftpServerFixture server = new TftpServerFixture(TftpServerFixture.settings(10, 10_000, 5));
                TestClient client = new TestClient(server.address())) {
            server.boot.put("/file", new byte[100]);
            client.answerTo(TestClient.request("file"));
            Thread stopping = new Thread(() -> server.requests.stop(10_000));
            stopping.start();
            TftpServerFixture.await(() -> stopping.getState() == Thread.State.TIMED_WAITING, "stop waits");
            client.send(new Ack(1));
            stopping.join(5_000);
            assertEquals(Outcome.COMPLETED, server.boot.awaitEnd().outcome);
            assertEquals(Thread.State.TERMINATED, stopping.getState(), "stop waits no longer than it must");
        }
    }

    @Test
    void stoppingEndsWhatGoesOn() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        try (TftpServerFixture server = new TftpServerFixture(TftpServerFixture.settings(10, 10_000, 5));
                TestClient client = new TestClient(server.address());
                TestClient looking = new TestClient(server.address())) {
            server.boot.put("/file", new byte[5000]);
            client.answerTo(TestClient.request("file"));
            server.boot.before = request -> awaitUninterruptibly(mayAnswer);
            looking.ask(TestClient.request("file"));
            TftpServerFixture.await(() -> server.boot.lookups.size() == 2, "a lookup is under way");
            long before = System.nanoTime();
            server.requests.stop(1_000);
            long millis = (System.nanoTime() - before) / 1_000_000;
            assertTrue(millis >= 1_000 && millis < 2_500, "stopping took " + millis + " ms");
            assertEquals(new ErrorPacket(TftpErrorCode.NOT_DEFINED, "the server is stopping"), client.receive());
            assertEquals(Outcome.FAILED, server.boot.awaitEnd().outcome);
            mayAnswer.countDown();
            server.awaitQuiet();
            client.ask(TestClient.request("file"));
            assertTrue(client.hearsNothing(50));
            assertEquals(1, server.boot.begun.size());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 0",
        "10.0.0.1, 69",
        "255.255.255.255, 2070",
        "127.255.255.255, 2070",
        "224.0.0.1, 2070",
        "0.0.0.0, 2070",
        "ff02::1, 2070"
    })
    void aSourceThatIsNoClientIsDropped(String address, int port) throws Exception {
        try (TftpServerFixture server = new TftpServerFixture()) {
            ByteBuf request = Unpooled.buffer();
            TftpEncoder.encode(TestClient.request("file"), request);
            server.requests.received(
                    request,
                    new InetSocketAddress(InetAddress.getByName(address), port),
                    server.door.asked,
                    server.door);
            assertEquals(1, server.requests.counters().get(Counters.Count.IMPLAUSIBLE));
            assertEquals(0, server.requests.active());
        }
    }

    /** Takes the first of two blocks: who has answered nothing gives way to others. */
    private static void begin(TestClient client) throws Exception {
        client.answerTo(TestClient.request("file"));
        client.send(new Ack(1));
        client.receive();
    }

    private static Settings settings(
            int transfers, int perClient, int waiting, int threads, int queue, Duration deadline) {
        return new Settings(
                transfers,
                perClient,
                waiting,
                Terms.LARGEST_BLOCK,
                64,
                Duration.ofSeconds(10),
                5,
                false,
                threads,
                queue,
                deadline,
                Duration.ofSeconds(2),
                Optional.empty());
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
