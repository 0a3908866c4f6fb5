package io.slipway.sockets;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;

/** Datagrams of equal size in one buffer. */
final class Datagrams {

    private Datagrams() {}

    /** Sends each by itself, with one flush. */
    @SuppressWarnings("FutureReturnValueIgnored") // what fails reaches the handler: these promises are void
    static void send(Channel from, ByteBuf datagrams, int size, InetSocketAddress to) {
        while (datagrams.readableBytes() > size) {
            from.write(new DatagramPacket(datagrams.readRetainedSlice(size), to), from.voidPromise());
        }
        from.writeAndFlush(new DatagramPacket(datagrams, to), from.voidPromise());
    }
}
