package io.slipway.dhcp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.slipway.boot.BootEvent;
import io.slipway.dhcp.DhcpHandler;
import io.slipway.dhcp.Verdict;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpEncoder;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A server with doors, a journal and clients, none of them real. */
final class ServerFixture implements AutoCloseable {

    static final InetSocketAddress CLIENT = new InetSocketAddress(Addresses.ANY, 68);

    /** Answers DISCOVER with OFFER and all else with ACK. */
    static final DhcpHandler ANSWER = exchange -> {
        boolean isDiscover = exchange.request().type().orElseThrow() == DhcpMessageType.DISCOVER;
        exchange.reply()
                .type(isDiscover ? DhcpMessageType.OFFER : DhcpMessageType.ACK)
                .yourAddress(Addresses.parse("192.0.2.100"));
        return Verdict.next();
    };

    final FakeDoor dhcp = new FakeDoor("dhcp");
    final FakeDoor pxe = new FakeDoor("pxe");
    final List<BootEvent> journal = new CopyOnWriteArrayList<>();
    final DhcpServer server;
    private long nextServiceId = 1;

    ServerFixture(String chain) {
        this(settings(chain, 2, 64, Duration.ofSeconds(60)));
    }

    ServerFixture(Settings settings) {
        server = new DhcpServer(settings);
        server.journal = journal::add;
    }

    static Settings settings(String chain, int workers, int queue, Duration hold) {
        return settings(chain, workers, queue, hold, Replies.BROADCAST);
    }

    static Settings settings(String chain, int workers, int queue, Duration hold, Replies replies) {
        return new Settings(ChainOrder.parse(chain), workers, queue, hold, Duration.ofSeconds(60), replies);
    }

    /** Registers a handler and returns its service properties. */
    Map<String, Object> register(String name, int ranking, DhcpHandler handler) {
        Map<String, Object> properties =
                Map.of(DhcpHandler.NAME, name, "service.ranking", ranking, "service.id", nextServiceId++);
        server.addHandler(handler, properties);
        return properties;
    }

    Map<String, Object> register(String name, DhcpHandler handler) {
        return register(name, 0, handler);
    }

    static DhcpMessage.Builder request(int client, DhcpMessageType type) {
        return DhcpMessage.builder()
                .hardware(DhcpMessage.ETHERNET, new byte[] {2, 0, 0, 0, (byte) (client >> 8), (byte) client})
                .type(type);
    }

    void receive(DhcpMessage.Builder request) {
        receive(request.build(), CLIENT, dhcp);
    }

    void receive(DhcpMessage request, InetSocketAddress sender, FakeDoor door) {
        receive(request, sender, Addresses.BROADCAST, door);
    }

    void receive(DhcpMessage request, InetSocketAddress sender, Inet4Address recipient, FakeDoor door) {
        ByteBuf bytes = DhcpEncoder.encode(request, ByteBufAllocator.DEFAULT);
        server.received(bytes, sender, recipient, door);
        assertTrue(bytes.release(), "the packet was kept");
    }

    void receive(byte[] bytes) {
        server.received(Unpooled.wrappedBuffer(bytes), CLIENT, Addresses.BROADCAST, dhcp);
    }

    long dropped(String reason) {
        return count("dropped", reason);
    }

    long count(String kind, String what) {
        return server.counts().stream()
                .filter(count -> count.kind().equals(kind) && count.what().equals(what))
                .mapToLong(DhcpStatistics.Count::number)
                .sum();
    }

    void awaitDropped(String reason, long number) {
        await(() -> dropped(reason) >= number, number + " dropped: " + reason);
        assertEquals(number, dropped(reason));
    }

    static void await(BooleanSupplier condition, String what) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, () -> "in vain awaited: " + what);
            LockSupport.parkNanos(100_000);
        }
    }

    /** Completes when every packet in hand is answered or dropped. */
    CompletableFuture<Void> closed() {
        return server.close().toCompletableFuture();
    }

    @Override
    public void close() {
        closed().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
