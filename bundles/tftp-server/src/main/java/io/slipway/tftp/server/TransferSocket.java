package io.slipway.tftp.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.DecoderException;
import io.netty.util.concurrent.EventExecutor;
import io.slipway.sockets.Bandwidth;
import io.slipway.sockets.DatagramDoor;
import io.slipway.tftp.codec.ErrorPacket;
import io.slipway.tftp.codec.TftpDecoder;
import io.slipway.tftp.codec.TftpEncoder;
import io.slipway.tftp.codec.TftpErrorCode;
import io.slipway.tftp.codec.TftpPacket;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The socket of one transfer: its port is the server's transfer identifier (RFC 1350 section 4). */
final class TransferSocket extends ChannelInboundHandlerAdapter implements Wire {

    private static final Logger LOG = LoggerFactory.getLogger(TransferSocket.class);

    private final TransferSide side;
    private final DatagramDoor door;
    private final Counters counters;
    private Channel channel;

    TransferSocket(TransferSide side, DatagramDoor door, Counters counters) {
        this.side = side;
        this.door = door;
        this.counters = counters;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        side.begin(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        DatagramPacket datagram = (DatagramPacket) message;
        try {
            received(context.channel(), datagram);
        } finally {
            datagram.release();
        }
    }

    private void received(Channel socket, DatagramPacket datagram) {
        TftpPacket packet;
        try {
            packet = TftpDecoder.decode(datagram.content());
        } catch (DecoderException e) {
            counters.add(Counters.Count.MALFORMED);
            LOG.debug("from {}: {}", datagram.sender(), e.getMessage());
            return;
        }
        if (datagram.sender().equals(side.remote())) {
            side.received(packet);
        } else {
            refuseStranger(socket, packet, datagram.sender());
        }
    }

    /** RFC 1350 section 4: a packet from elsewhere is answered with an error, and the transfer goes on. */
    private void refuseStranger(Channel socket, TftpPacket packet, InetSocketAddress stranger) {
        counters.add(Counters.Count.STRAY);
        // An error is never answered with an error (RFC 1350 section 7).
        if (!(packet instanceof ErrorPacket)) {
            ByteBuf out = socket.alloc().directBuffer();
            TftpEncoder.encode(new ErrorPacket(TftpErrorCode.UNKNOWN_TRANSFER_ID, "unknown transfer ID"), out);
            socket.writeAndFlush(new DatagramPacket(out, stranger), socket.voidPromise());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        side.closed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            // The network refused a packet; as with any lost packet, the retransmission decides.
            LOG.debug("to {}: {}", side.remote(), cause.toString());
        } else {
            side.failed(cause);
        }
    }

    @Override
    public EventExecutor loop() {
        return channel.eventLoop();
    }

    @Override
    public ByteBufAllocator allocator() {
        return channel.alloc();
    }

    @Override
    public void send(ByteBuf datagrams, int size) {
        door.send(channel, datagrams, size, side.remote());
    }

    @Override
    public void settle() {
        door.settle(channel, side.remote(), new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                TransferSocket.this.channelRead(context, message);
            }
        });
    }

    @Override
    public Bandwidth bandwidth() {
        return door.bandwidth();
    }

    @Override
    public boolean isDoor() {
        return false;
    }

    @Override
    public void close() {
        channel.close();
    }
}
