package io.slipway.dhcp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.dhcp.DhcpHandler;
import io.slipway.dhcp.Verdict;
import io.slipway.dhcp.codec.DhcpMessageType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Who is answered when, when handlers are missing, slow, or change. */
class LanesTest {

    @Test
    void packetsWaitForAMissingHandlerInOrder() throws InterruptedException {
        try (ServerFixture fixture = new ServerFixture("needed, answer")) {
            fixture.register("answer", ServerFixture.ANSWER);
            assertFalse(fixture.server.isReady());
            for (int xid = 1; xid <= 3; xid++) {
                fixture.receive(
                        ServerFixture.request(1, DhcpMessageType.REQUEST).xid(xid));
            }
            assertEquals(0, fixture.dhcp.waiting());
            Map<String, Object> needed = fixture.register("needed", exchange -> Verdict.next());
            assertTrue(fixture.server.isReady());
            for (int xid = 1; xid <= 3; xid++) {
                assertEquals(xid, fixture.dhcp.next().message().xid());
            }
            fixture.server.removeHandler(ServerFixture.ANSWER, needed);
            assertFalse(fixture.server.isReady());
        }
    }

    @Test
    void packetsAreDroppedWhenTheHandlerStaysAway() throws InterruptedException {
        try (ServerFixture fixture =
                new ServerFixture(ServerFixture.settings("needed, answer", 2, 64, Duration.ofMillis(30)))) {
            fixture.register("answer", ServerFixture.ANSWER);
            for (int client = 1; client <= 5; client++) {
                fixture.receive(ServerFixture.request(client, DhcpMessageType.REQUEST));
            }
            fixture.awaitDropped("handler missing", 5);
            fixture.receive(ServerFixture.request(1, DhcpMessageType.REQUEST));
            fixture.awaitDropped("handler missing", 6);
            fixture.register("needed", exchange -> Verdict.next());
            fixture.receive(ServerFixture.request(1, DhcpMessageType.REQUEST).xid(7));
            assertEquals(7, fixture.dhcp.next().message().xid());
        }
    }

    @Test
    void anOptionalHandlerThatIsExchangedIsWaitedFor() throws InterruptedException {
        try (ServerFixture fixture =
                new ServerFixture(ServerFixture.settings("boot?, answer", 2, 64, Duration.ofSeconds(60)))) {
            DhcpHandler boot = exchange -> {
                exchange.reply().bootFile("program");
                return Verdict.next();
            };
            fixture.register("answer", ServerFixture.ANSWER);
            Map<String, Object> old = fixture.register("boot", boot);
            fixture.server.removeHandler(boot, old);
            assertTrue(fixture.server.isReady());
            fixture.receive(ServerFixture.request(1, DhcpMessageType.REQUEST));
            assertEquals(0, fixture.dhcp.waiting());
            fixture.register("boot", boot);
            assertEquals("program", fixture.dhcp.next().message().bootFile());
        }
    }

    @Test
    void anOptionalHandlerThatStaysAwayIsDoneWithout() throws InterruptedException {
        try (ServerFixture fixture =
                new ServerFixture(ServerFixture.settings("boot?, answer", 2, 64, Duration.ofMillis(30)))) {
            fixture.register("answer", ServerFixture.ANSWER);
            for (int xid = 1; xid <= 3; xid++) {
                fixture.receive(
                        ServerFixture.request(1, DhcpMessageType.REQUEST).xid(xid));
                assertEquals(xid, fixture.dhcp.next().message().xid());
            }
        }
    }

    @Test
    void heldPacketsAreBounded() {
        try (ServerFixture fixture =
                new ServerFixture(ServerFixture.settings("needed", 1, 8, Duration.ofSeconds(60)))) {
            for (int i = 0; i < 20; i++) {
                fixture.receive(ServerFixture.request(i, DhcpMessageType.REQUEST));
            }
            assertEquals(12, fixture.dropped("queue full"));
            fixture.closed().join();
            assertEquals(8, fixture.dropped("server stopped"));
        }
    }

    @Test
    void discoverIsDroppedBeforeRequest() throws InterruptedException {
        CountDownLatch open = new CountDownLatch(1);
        try (ServerFixture fixture =
                new ServerFixture(ServerFixture.settings("slow, answer", 1, 8, Duration.ofSeconds(60)))) {
            fixture.register("slow", blocking(open));
            fixture.register("answer", ServerFixture.ANSWER);
            for (int i = 0; i < 8; i++) {
                fixture.receive(ServerFixture.request(i, DhcpMessageType.DISCOVER));
            }
            assertEquals(2, fixture.dropped("queue full"));
            for (int i = 0; i < 3; i++) {
                fixture.receive(ServerFixture.request(i, DhcpMessageType.REQUEST));
            }
            assertEquals(3, fixture.dropped("queue full"));
            open.countDown();
            for (int i = 0; i < 8; i++) {
                fixture.dhcp.next();
            }
            ServerFixture.await(() -> fixture.count("sent", "ACK") == 2, "both REQUESTs answered");
            assertEquals(6, fixture.count("sent", "OFFER"));
        }
    }

    @Test
    void oneClientHasOneWorkerAtATimeAndItsOrder() throws InterruptedException {
        Map<Object, AtomicInteger> busy = new ConcurrentHashMap<>();
        List<String> faults = new CopyOnWriteArrayList<>();
        try (ServerFixture fixture =
                new ServerFixture(ServerFixture.settings("watch, answer", 4, 10_000, Duration.ofSeconds(60)))) {
            fixture.register("watch", exchange -> {
                AtomicInteger inside = busy.computeIfAbsent(exchange.mac(), mac -> new AtomicInteger());
                if (inside.incrementAndGet() != 1) {
                    faults.add("two at once for " + exchange.mac());
                }
                Thread.onSpinWait();
                inside.decrementAndGet();
                return Verdict.next();
            });
            fixture.register("answer", ServerFixture.ANSWER);
            int[] next = new int[16];
            for (int xid = 0; xid < 200; xid++) {
                for (int client = 0; client < next.length; client++) {
                    fixture.receive(ServerFixture.request(client, DhcpMessageType.REQUEST)
                            .xid(xid));
                    if (xid == 100 && client == 8) {
                        fixture.server.apply(
                                ServerFixture.settings("watch, answer", 3, 10_000, Duration.ofSeconds(60)));
                    }
                }
            }
            for (int i = 0; i < 200 * next.length; i++) {
                FakeDoor.Sent sent = fixture.dhcp.next();
                assertEquals(
                        next[sent.message().hardwareAddress()[5]]++,
                        sent.message().xid());
            }
        }
        assertEquals(List.of(), faults);
    }

    @Test
    void changedOrderAppliesToTheNextPacket() throws InterruptedException {
        try (ServerFixture fixture = new ServerFixture("refuse, answer")) {
            fixture.register("refuse", exchange -> Verdict.drop("refused"));
            fixture.register("answer", ServerFixture.ANSWER);
            fixture.receive(ServerFixture.request(1, DhcpMessageType.REQUEST));
            fixture.awaitDropped("refused", 1);
            fixture.server.apply(ServerFixture.settings("answer", 2, 64, Duration.ofSeconds(60)));
            fixture.receive(ServerFixture.request(1, DhcpMessageType.REQUEST).xid(2));
            assertEquals(2, fixture.dhcp.next().message().xid());
        }
    }

    @Test
    void changedOrderFreesWhatWaitedForAHandlerItNoLongerNames() throws InterruptedException {
        try (ServerFixture fixture = new ServerFixture("needed, answer")) {
            fixture.register("answer", ServerFixture.ANSWER);
            fixture.receive(ServerFixture.request(1, DhcpMessageType.REQUEST).xid(5));
            fixture.server.apply(ServerFixture.settings("needed?, answer", 2, 64, Duration.ofSeconds(60)));
            assertEquals(5, fixture.dhcp.next().message().xid());
        }
    }

    @Test
    void handlerWithoutNameIsNotAsked() throws InterruptedException {
        try (ServerFixture fixture = new ServerFixture("*")) {
            fixture.server.addHandler(exchange -> Verdict.drop("asked"), Map.of("service.id", 100L));
            fixture.register("answer", ServerFixture.ANSWER);
            fixture.receive(ServerFixture.request(1, DhcpMessageType.REQUEST).xid(3));
            assertEquals(3, fixture.dhcp.next().message().xid());
        }
    }

    @Test
    void changedPropertiesRenameAHandler() throws InterruptedException {
        try (ServerFixture fixture = new ServerFixture("answer")) {
            Map<String, Object> properties = fixture.register("other", ServerFixture.ANSWER);
            assertFalse(fixture.server.isReady());
            fixture.server.updatedHandler(
                    ServerFixture.ANSWER,
                    Map.of(DhcpHandler.NAME, "answer", "service.id", properties.get("service.id")));
            assertTrue(fixture.server.isReady());
        }
    }

    @Test
    void closingAnswersWhatIsInHand() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        ServerFixture fixture = new ServerFixture("slow, answer");
        fixture.register("slow", blocking(open));
        fixture.register("answer", ServerFixture.ANSWER);
        fixture.receive(ServerFixture.request(1, DhcpMessageType.REQUEST).xid(1));
        fixture.receive(ServerFixture.request(1, DhcpMessageType.REQUEST).xid(2));
        var closed = fixture.closed();
        open.countDown();
        closed.get(10, TimeUnit.SECONDS);
        assertEquals(1, fixture.dhcp.next().message().xid());
        assertEquals(2, fixture.dhcp.next().message().xid());
    }

    private static DhcpHandler blocking(CountDownLatch open) {
        return exchange -> {
            try {
                assertTrue(open.await(10, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return Verdict.next();
        };
    }
}
