package io.slipway.tftp.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;
import io.slipway.sockets.Bandwidth;
import io.slipway.tftp.codec.TftpEncoder;
import io.slipway.tftp.codec.TftpPacket;

/** How a transfer reaches its client. For one event loop. */
interface Wire {

    EventExecutor loop();

    ByteBufAllocator allocator();

    /**
     * Sends datagrams of equal size, the last of which may be shorter, to the client; takes over the buffer. What cannot
     * be sent is lost, like any packet.
     */
    void send(ByteBuf datagrams, int size);

    /** The transfer will take a while. */
    void settle();

    /** What it may take of the network. */
    Bandwidth bandwidth();

    /** Whether the client answers to the port of its request, so that the door hears it. */
    boolean isDoor();

    /** The transfer is over. */
    void close();

    /** The packet as a datagram. */
    static ByteBuf encode(TftpPacket packet, ByteBufAllocator allocator) {
        ByteBuf out = allocator.directBuffer();
        TftpEncoder.encode(packet, out);
        return out;
    }
}
