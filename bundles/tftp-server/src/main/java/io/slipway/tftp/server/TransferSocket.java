package io.slipway.tftp.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
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
import java.util.Optional;
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
        // Not channelInactive, which Netty does not tell of a channel that another reads for.
        channel.closeFuture().addListener(closed -> side.closed());
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        side.begin(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        DatagramPacket datagram = (DatagramPacket) message;
        try {
            if (datagram.sender().equals(side.remote())) {
                answered(datagram.content());
            } else {
                refuseStranger(context.channel(), datagram);
            }
        } finally {
            datagram.release();
        }
    }

    private void answered(ByteBuf content) {
        decode(content, side.remote()).ifPresent(side::received);
    }

    private Optional<TftpPacket> decode(ByteBuf content, InetSocketAddress sender) {
        try {
            return Optional.of(TftpDecoder.decode(content));
        } catch (DecoderException e) {
            counters.add(Counters.Count.MALFORMED);
            LOG.debug("from {}: {}", sender, e.getMessage());
            return Optional.empty();
        }
    }

    /** RFC 1350 section 4: a packet from elsewhere is answered with an error, and the transfer goes on. */
    private void refuseStranger(Channel socket, DatagramPacket datagram) {
        Optional<TftpPacket> packet = decode(datagram.content(), datagram.sender());
        if (packet.isEmpty()) {
            return;
        }
        counters.add(Counters.Count.STRAY);
        // An error is never answered with an error (RFC 1350 section 7).
        if (!(packet.get() instanceof ErrorPacket)) {
            ByteBuf out = socket.alloc().directBuffer();
            TftpEncoder.encode(new ErrorPacket(TftpErrorCode.UNKNOWN_TRANSFER_ID, "unknown transfer ID"), out);
            socket.writeAndFlush(new DatagramPacket(out, datagram.sender()), socket.voidPromise());
        }
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
    public void settle(boolean isLockStep) {
        ChannelHandler strangers = new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                TransferSocket.this.channelRead(context, message);
            }
        };
        if (isLockStep) {
            door.settleLockStep(channel, side.remote(), this::answered, strangers);
        } else {
            door.settle(channel, side.remote(), strangers);
        }
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
