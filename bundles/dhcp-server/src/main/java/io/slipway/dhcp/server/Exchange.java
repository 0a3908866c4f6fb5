package io.slipway.dhcp.server;

import io.slipway.boot.MacAddress;
import io.slipway.dhcp.DhcpExchange;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.ReplySize;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A request on its way through the chain. */
class Exchange implements DhcpExchange {

    private static final int BROADCAST_FLAG = 0x8000;

    private static final CompletableFuture<?> NOTHING = CompletableFuture.completedFuture(null);

    /** What a handler wants done when the reply leaves. */
    private record Action(String handler, Runnable task) {}

    private final Packet packet;
    private final DhcpMessage.Builder reply;
    private OwnAddress own;
    private final List<Action> beforeSend = new ArrayList<>();
    private String handler = "";
    private CompletableFuture<?> durable = NOTHING;
    private boolean isStored;

    Exchange(Packet packet) {
        this.packet = packet;
        own = packet.own();
        reply = DhcpMessage.replyTo(packet.request());
    }

    Packet packet() {
        return packet;
    }

    /**
     * The reply as it goes out; empty when no handler answered: without a message type, or for BOOTP, which has none,
     * without an address.
     */
    Optional<DhcpMessage> answer() {
        DhcpMessage soFar = reply.build();
        Optional<DhcpMessageType> type = soFar.type();
        if (type.isEmpty() && (packet.type().isPresent() || soFar.yourAddress().equals(Addresses.ANY))) {
            return Optional.empty();
        }
        if (type.equals(Optional.of(DhcpMessageType.ACK))) {
            // RFC 2131 table 3
            reply.clientAddress(packet.request().clientAddress());
        }
        if (type.equals(Optional.of(DhcpMessageType.NAK))
                && !soFar.relayAddress().equals(Addresses.ANY)) {
            // RFC 2131 section 4.3.2: the relay agent broadcasts it, since the client's address may be wrong
            reply.flags(soFar.flags() | BROADCAST_FLAG);
        }
        return Optional.of(ReplySize.fit(reply.build(), packet.request()));
    }

    /** Completes when all that must be durable is; fails with one of the failures. */
    CompletableFuture<?> durable() {
        return durable;
    }

    /** Whether the reply waits for anything to be durable. */
    boolean isStored() {
        return isStored;
    }

    /** The handler that is being asked, or whose action is being run. */
    String handler() {
        return handler;
    }

    void handler(String name) {
        handler = name;
    }

    void runBeforeSend() {
        for (Action action : beforeSend) {
            handler = action.handler();
            action.task().run();
        }
    }

    @Override
    public DhcpMessage request() {
        return packet.request();
    }

    @Override
    public MacAddress mac() {
        return packet.mac();
    }

    @Override
    public DhcpMessage.Builder reply() {
        return reply;
    }

    @Override
    public String door() {
        return packet.door().name();
    }

    @Override
    public String link() {
        return own.link().name();
    }

    @Override
    public Inet4Address serverAddress() {
        return own.address();
    }

    @Override
    public int prefixLength() {
        return own.prefixLength();
    }

    @Override
    public List<Inet4Address> serverAddresses() {
        return own.all();
    }

    @Override
    public void serveFrom(Inet4Address address) {
        own = own.orRather(address);
    }

    @Override
    public void sendAfter(CompletionStage<?> stage) {
        durable = durable.thenCombine(stage, (before, done) -> done);
        isStored = true;
    }

    @Override
    public void beforeSend(Runnable action) {
        beforeSend.add(new Action(handler, Objects.requireNonNull(action, "action")));
    }
}
