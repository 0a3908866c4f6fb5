package io.slipway.dhcp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slipway.boot.BootEvent.Step;
import io.slipway.dhcp.DhcpHandler;
import io.slipway.dhcp.Verdict;
import io.slipway.dhcp.codec.DhcpMessageType;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The reply leaves only when what must be durable is. */
class SendAfterTest {

    private final Map<Integer, CompletableFuture<Void>> stages = new ConcurrentHashMap<>();
    private final List<String> order = new CopyOnWriteArrayList<>();

    /** Waits for the stages 10 × xid and 10 × xid + 1; a transaction over 9 waits for nothing. */
    private final DhcpHandler store = exchange -> {
        int xid = exchange.request().xid();
        if (xid <= 9) {
            exchange.sendAfter(stage(10 * xid));
            exchange.sendAfter(stage(10 * xid + 1));
        }
        exchange.beforeSend(() -> order.add("before " + xid));
        order.add("asked " + xid);
        return Verdict.next();
    };

    @Test
    void waitsForAllStagesWithoutBlockingTheWorker() throws InterruptedException {
        try (ServerFixture fixture = fixture(1)) {
            receive(fixture, 1, 1);
            receive(fixture, 2, 10);
            assertEquals(10, fixture.dhcp.next().message().xid());
            stage(10).complete(null);
            receive(fixture, 2, 11);
            assertEquals(11, fixture.dhcp.next().message().xid());
            assertEquals(0, fixture.dhcp.waiting());
            assertEquals(List.of("asked 1", "asked 10", "before 10", "asked 11", "before 11"), order);
            stage(11).complete(null);
            assertEquals(1, fixture.dhcp.next().message().xid());
            assertEquals("before 1", order.get(5));
        }
    }

    @Test
    void repliesToOneClientKeepTheirOrder() throws InterruptedException {
        try (ServerFixture fixture = fixture(2)) {
            receive(fixture, 1, 1);
            receive(fixture, 1, 2);
            receive(fixture, 1, 10);
            ServerFixture.await(() -> order.contains("asked 10"), "all asked");
            complete(2);
            assertEquals(0, fixture.dhcp.waiting());
            complete(1);
            assertEquals(1, fixture.dhcp.next().message().xid());
            assertEquals(2, fixture.dhcp.next().message().xid());
            assertEquals(10, fixture.dhcp.next().message().xid());
        }
    }

    @Test
    void failedStageSendsNothingAndHoldsNobodyUp() throws InterruptedException {
        try (ServerFixture fixture = fixture(1)) {
            receive(fixture, 1, 1);
            receive(fixture, 1, 2);
            complete(2);
            stage(10).completeExceptionally(new IOException("no space left on device"));
            stage(11).complete(null);
            assertEquals(2, fixture.dhcp.next().message().xid());
            fixture.awaitDropped("not durable", 1);
            assertEquals(List.of("asked 1", "asked 2", "before 2"), order);
            ServerFixture.await(
                    () -> fixture.journal.stream().anyMatch(event -> event.step() == Step.DROP),
                    "a drop in the journal");
        }
    }

    @Test
    void aReplyThatIsWithdrawnIsNoTroubleOfTheDisk() throws InterruptedException {
        try (ServerFixture fixture = fixture(1)) {
            receive(fixture, 1, 1);
            stage(10).completeExceptionally(new CancellationException("the address is in use"));
            stage(11).complete(null);
            fixture.awaitDropped("withdrawn", 1);
            assertEquals(0, fixture.dropped("not durable"));
        }
    }

    @Test
    void stageThatNeverCompletesIsGivenUp() throws InterruptedException {
        Settings settings = new Settings(
                ChainOrder.parse("store, answer"),
                1,
                4,
                Duration.ofSeconds(60),
                Duration.ofMillis(50),
                Replies.BROADCAST);
        try (ServerFixture fixture = register(new ServerFixture(settings))) {
            for (int xid = 1; xid <= 4; xid++) {
                receive(fixture, xid, xid);
            }
            receive(fixture, 5, 10);
            assertEquals(1, fixture.dropped("queue full"));
            fixture.awaitDropped("not durable in time", 4);
            receive(fixture, 5, 11);
            assertEquals(11, fixture.dhcp.next().message().xid());
            complete(1);
        }
        assertEquals(
                List.of("before 11"),
                order.stream().filter(step -> step.startsWith("before")).toList());
    }

    @Test
    void aJournalThatFailsStopsNobody() throws InterruptedException {
        Settings settings = ServerFixture.settings("store, answer", 1, 4, Duration.ofSeconds(60));
        try (ServerFixture fixture = register(new ServerFixture(settings))) {
            fixture.server.journal = event -> {
                throw new IllegalStateException("as the test asked");
            };
            for (int xid = 10; xid < 20; xid++) {
                receive(fixture, xid, xid);
                assertEquals(xid, fixture.dhcp.next().message().xid());
            }
        }
    }

    @Test
    void aReplyThatCannotBeSentTakesNoPlaceInTheQueue() {
        Settings settings = ServerFixture.settings("store, answer", 1, 4, Duration.ofSeconds(60));
        try (ServerFixture fixture = register(new ServerFixture(settings))) {
            fixture.dhcp.isBroken = true;
            for (int xid = 10; xid < 20; xid++) {
                int asked = xid;
                receive(fixture, xid, xid);
                ServerFixture.await(() -> order.contains("before " + asked), "asked");
            }
            assertEquals(0, fixture.dropped("queue full"));
        }
    }

    @Test
    void closingGivesUpWhatIsNotDurableInTime() {
        ServerFixture fixture = fixture(1);
        receive(fixture, 1, 1);
        receive(fixture, 2, 2);
        ServerFixture.await(() -> order.contains("asked 2"), "both asked");
        fixture.close();
        assertEquals(2, fixture.dropped("server stopped"));
        complete(1);
        assertEquals(0, fixture.dhcp.waiting());
    }

    private ServerFixture fixture(int workers) {
        return register(
                new ServerFixture(ServerFixture.settings("store, answer", workers, 64, Duration.ofSeconds(60))));
    }

    private ServerFixture register(ServerFixture fixture) {
        fixture.register("store", store);
        fixture.register("answer", ServerFixture.ANSWER);
        return fixture;
    }

    private static void receive(ServerFixture fixture, int client, int xid) {
        fixture.receive(ServerFixture.request(client, DhcpMessageType.REQUEST).xid(xid));
    }

    private CompletableFuture<Void> stage(int number) {
        return stages.computeIfAbsent(number, key -> new CompletableFuture<>());
    }

    private void complete(int xid) {
        stage(10 * xid).complete(null);
        stage(10 * xid + 1).complete(null);
    }
}
