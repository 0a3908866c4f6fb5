package io.slipway.dhcp.server;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpDecoder;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.sockets.ConversationTaker;
import io.slipway.sockets.DatagramDoor;
import io.slipway.sockets.DirectWay;
import io.slipway.sockets.Link;
import io.slipway.sockets.LinkAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Keeps what is sent. */
final class FakeDoor implements DatagramDoor {

    static final Inet4Address SERVER = Addresses.parse("192.0.2.1");

    /**
     * What was sent.
     *
     * @param way {@code frame} or {@code arp} with the hardware address, or {@code kernel}
     * @param from empty when the kernel chooses
     */
    record Sent(DhcpMessage message, InetSocketAddress to, String way, Optional<Inet4Address> from) {}

    private final String name;
    private final BlockingQueue<Sent> sent = new LinkedBlockingQueue<>();
    /** Whether sending fails. */
    volatile boolean isBroken;

    /** Why there is no direct way. */
    volatile Optional<String> obstacle = Optional.empty();

    /** Whether the kernel refuses what is sent directly. */
    volatile boolean isRefused;

    private volatile List<LinkAddress> addresses = List.of(new LinkAddress(SERVER, 24));

    FakeDoor(String name) {
        this.name = name;
    }

    void addresses(String... changed) {
        addresses = Stream.of(changed)
                .map(text -> new LinkAddress(Addresses.parse(text), 24))
                .toList();
    }

    /** Waits for the next packet. */
    Sent next() throws InterruptedException {
        Sent next = sent.poll(10, TimeUnit.SECONDS);
        assertNotNull(next, "nothing was sent");
        return next;
    }

    int waiting() {
        return sent.size();
    }

    @Override
    public EventExecutor loop() {
        return ImmediateEventExecutor.INSTANCE;
    }

    @Override
    public void send(ByteBuf content, InetSocketAddress to) {
        send(content, Optional.empty(), to);
    }

    @Override
    public void send(ByteBuf content, Inet4Address from, InetSocketAddress to) {
        send(content, Optional.of(from), to);
    }

    @Override
    public Optional<String> obstacle(DirectWay way) {
        return obstacle;
    }

    @Override
    public boolean sendDirect(
            ByteBuf content, DirectWay way, Inet4Address from, InetSocketAddress to, byte[] ethernet) {
        if (isRefused) {
            return false;
        }
        String how = way.name().toLowerCase(Locale.ROOT) + " " + HexFormat.of().formatHex(ethernet);
        sent.add(new Sent(DhcpDecoder.decode(content.slice()), to, how, Optional.of(from)));
        return true;
    }

    private void send(ByteBuf content, Optional<Inet4Address> from, InetSocketAddress to) {
        if (isBroken) {
            content.release();
            throw new IllegalStateException("as the test asked");
        }
        sent.add(new Sent(DhcpDecoder.decode(content), to, "kernel", from));
        content.release();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Link link() {
        return new Link("eth0", 2, addresses, 1500);
    }

    @Override
    public int port() {
        return name.equals("pxe") ? 4011 : 67;
    }

    @Override
    public String transport() {
        return "fake";
    }

    @Override
    public Future<?> converse(InetAddress local, InetSocketAddress client, ConversationTaker taker) {
        throw new UnsupportedOperationException("DHCP has no conversations");
    }

    @Override
    public ChannelFuture openShared(int port, ChannelHandler handler) {
        throw new UnsupportedOperationException("DHCP has no conversations");
    }
}
