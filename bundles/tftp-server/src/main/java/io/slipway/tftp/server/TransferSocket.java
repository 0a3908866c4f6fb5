package io.slipway.tftp.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.handler.codec.DecoderException;
import io.netty.util.concurrent.EventExecutor;
import io.slipway.sockets.Bandwidth;
import io.slipway.sockets.ConversationTaker;
import io.slipway.sockets.DatagramConversation;
import io.slipway.tftp.codec.ErrorPacket;
import io.slipway.tftp.codec.TftpDecoder;
import io.slipway.tftp.codec.TftpErrorCode;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The socket of one transfer: its port is the server's transfer identifier (RFC 1350 section 4). */
final class TransferSocket implements ConversationTaker, Wire {

    private static final Logger LOG = LoggerFactory.getLogger(TransferSocket.class);

    private final TransferSide side;
    private final Bandwidth bandwidth;
    private final Counters counters;
    private DatagramConversation conversation;

    TransferSocket(TransferSide side, Bandwidth bandwidth, Counters counters) {
        this.side = side;
        this.bandwidth = bandwidth;
        this.counters = counters;
    }

    @Override
    public void opened(DatagramConversation opened) {
        conversation = opened;
        side.begin(this);
    }

    @Override
    public boolean received(ByteBuf datagram) {
        try {
            return side.received(this, TftpDecoder.decode(datagram));
        } catch (DecoderException e) {
            isMalformed(e, side.remote());
            return false;
        }
    }

    private void isMalformed(DecoderException cause, InetSocketAddress sender) {
        counters.add(Counters.Count.MALFORMED);
        LOG.debug("from {}: {}", sender, cause.getMessage());
    }

    /** RFC 1350 section 4: a packet from elsewhere is answered with an error, and the transfer goes on. */
    @Override
    public void strange(ByteBuf datagram, InetSocketAddress from) {
        try {
            boolean isError = TftpDecoder.decode(datagram) instanceof ErrorPacket;
            counters.add(Counters.Count.STRAY);
            if (!isError) { // which is never answered with an error (RFC 1350 section 7)
                conversation.sendTo(
                        Wire.encode(
                                new ErrorPacket(TftpErrorCode.UNKNOWN_TRANSFER_ID, "unknown transfer ID"), allocator()),
                        from);
            }
        } catch (DecoderException e) {
            isMalformed(e, from);
        }
    }

    @Override
    public void failed(Throwable cause) {
        if (cause instanceof IOException) {
            // The network refused a packet; as with any lost packet, the retransmission decides.
            LOG.debug("to {}: {}", side.remote(), cause.toString());
        } else {
            side.failed(cause);
        }
    }

    @Override
    public void closed() {
        side.closed();
    }

    @Override
    public EventExecutor loop() {
        return conversation.loop();
    }

    /** Gives the memory that was freed last, which is still in the processor's cache. */
    @Override
    public ByteBufAllocator allocator() {
        return PooledByteBufAllocator.DEFAULT;
    }

    @Override
    public void send(ByteBuf datagrams, int size) {
        conversation.send(datagrams, size);
    }

    @Override
    public void settle() {
        conversation.settle();
    }

    @Override
    public Bandwidth bandwidth() {
        return bandwidth;
    }

    @Override
    public boolean isDoor() {
        return false;
    }

    @Override
    public void close() {
        conversation.close();
    }
}
