package io.slipway.tftp.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.slipway.boot.Transfer.Outcome;
import io.slipway.sockets.ConversationTaker;
import io.slipway.sockets.DatagramConversation;
import io.slipway.sockets.DatagramDoor;
import io.slipway.sockets.Link;
import io.slipway.sockets.LinkAddress;
import io.slipway.tftp.codec.ErrorPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Whence a request came and to which of our addresses, which is the one that answers: clients check who answers them.
 *
 * @param local one of our own addresses; 0.0.0.0 while the interface has none
 */
record Arrival(InetSocketAddress remote, InetAddress local, DatagramDoor door) {

    /**
     * A request to a broadcast address, or to one that is not known, is answered from the address near the client. Any
     * other is an own one since the kernel delivered the request, also when the interface has just been given it.
     */
    static Arrival of(InetSocketAddress remote, InetAddress recipient, DatagramDoor door) {
        Link link = door.link();
        boolean isOne =
                !recipient.isAnyLocalAddress() && !recipient.isMulticastAddress() && !link.isBroadcast(recipient);
        InetAddress local = isOne
                ? recipient
                : link.near(remote.getAddress())
                        .or(() -> link.addresses().stream().findFirst())
                        .<InetAddress>map(LinkAddress::address)
                        .orElseGet(() -> new InetSocketAddress(0).getAddress());
        return new Arrival(remote, local, door);
    }

    TransferId id() {
        return new TransferId(remote, door.link().name());
    }

    /** Has a transfer begin on a port of its own, or on that of the request. */
    void carry(TransferSide side, boolean isSinglePort, Counters counters, Complaints complaints) {
        if (isSinglePort) {
            new SharedPort(side, door).begin();
            return;
        }
        try {
            door.converse(local, remote, new TransferSocket(side, door.bandwidth(), counters))
                    .addListener(opened -> {
                        if (!opened.isSuccess()) {
                            hasNoSocket(side, opened.cause(), complaints);
                        }
                    });
        } catch (RuntimeException e) {
            hasNoSocket(side, e, complaints);
        }
    }

    private void hasNoSocket(TransferSide side, Throwable cause, Complaints complaints) {
        complaints.hasNoSocket(door.link().name(), cause);
        side.finish(Ending.quiet(Outcome.FAILED, cause.toString()));
    }

    /** An error before a transfer belongs to no transfer, and leaves from the door's own port where that is possible. */
    void refuse(ErrorPacket error) {
        ByteBuf out = Wire.encode(error, PooledByteBufAllocator.DEFAULT);
        if (isKernelsChoice()) {
            door.send(out, remote);
        } else {
            door.converse(local, remote, new Refusal(out)).addListener(opened -> {
                if (!opened.isSuccess()) {
                    out.release();
                }
            });
        }
    }

    /** A conversation of one datagram. */
    private record Refusal(ByteBuf error) implements ConversationTaker {

        @Override
        public void opened(DatagramConversation conversation) {
            conversation.send(error, error.readableBytes());
            conversation.close();
        }

        @Override
        public boolean received(ByteBuf datagram) {
            return false;
        }

        @Override
        public void strange(ByteBuf datagram, InetSocketAddress from) {}

        @Override
        public void failed(Throwable cause) {}

        @Override
        public void closed() {}
    }

    /** Whether the door's socket, which has no address of its own unless it is one of IPv6, would send from this one. */
    private boolean isKernelsChoice() {
        Link link = door.link();
        return door.ipv6().isPresent()
                || local.isAnyLocalAddress()
                || (link.addresses().size() == 1 && link.isOwn(local))
                || link.near(remote.getAddress())
                        .filter(own -> own.address().equals(local))
                        .isPresent();
    }
}
