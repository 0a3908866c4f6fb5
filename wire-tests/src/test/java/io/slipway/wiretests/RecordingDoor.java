package io.slipway.wiretests;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.sockets.ConversationTaker;
import io.slipway.sockets.DatagramDoor;
import io.slipway.sockets.Link;
import io.slipway.sockets.LinkAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A door of one of the server's interfaces that keeps what is sent.
 *
 * @param sent what was sent and not looked at yet
 */
record RecordingDoor(String name, Link link, Queue<Outcome.Sent> sent) implements DatagramDoor {

    static RecordingDoor of(String name, String link, String address) {
        LinkAddress own = new LinkAddress(Addresses.parse(address), 24);
        return new RecordingDoor(name, new Link(link, 2, List.of(own), 1500), new ConcurrentLinkedQueue<>());
    }

    @Override
    public EventExecutor loop() {
        return ImmediateEventExecutor.INSTANCE;
    }

    @Override
    public void send(ByteBuf content, InetSocketAddress to) {
        sent.add(
                new Outcome.Sent(ByteBufUtil.getBytes(content), to.getAddress().getHostAddress() + ":" + to.getPort()));
        content.release();
    }

    @Override
    public int port() {
        return switch (name) {
            case "pxe" -> 4011;
            case "http" -> 80;
            default -> 67;
        };
    }

    @Override
    public String transport() {
        return "memory";
    }

    @Override
    public Future<?> converse(InetAddress local, InetSocketAddress client, ConversationTaker taker) {
        throw new UnsupportedOperationException("DHCP has no conversations");
    }

    @Override
    public ChannelFuture openShared(int port, ChannelHandler handler) {
        throw new UnsupportedOperationException("nothing is probed here");
    }
}
