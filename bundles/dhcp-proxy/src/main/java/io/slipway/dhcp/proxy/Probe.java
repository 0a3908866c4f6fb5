package io.slipway.dhcp.proxy;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.DecoderException;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpDecoder;
import io.slipway.dhcp.codec.DhcpEncoder;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import io.slipway.sockets.DatagramDoor;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One DISCOVER of our own, and the OFFERs that answer it. It says what PXE firmware says, so that servers show what they
 * would have it boot, and it takes none of the offers. The socket is open for seconds only: a DHCP client of this host
 * may share the port, and would miss what is unicast meanwhile.
 */
final class Probe {

    private static final Logger LOG = LoggerFactory.getLogger(Probe.class);

    private static final InetSocketAddress SERVERS = new InetSocketAddress(Addresses.BROADCAST, 67);
    private static final int CLIENT_PORT = 68;
    private static final int BROADCAST_FLAG = 0x8000;

    /** Some servers look for three seconds whether the address is in use before they offer it. */
    private static final long SECOND_TRY_MILLIS = 4000;

    private static final long END_MILLIS = 8000;

    private final Segment segment;
    private final byte[] mac;
    private final int xid;
    private final Prober.Listener listener;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile Optional<Channel> channel = Optional.empty();

    /** @param mac of the interface, six bytes */
    Probe(Segment segment, byte[] mac, int xid, Prober.Listener listener) {
        this.segment = segment;
        this.mac = mac.clone();
        this.xid = xid;
        this.listener = listener;
    }

    /** Whether a message belongs to it. */
    private boolean isAbout(DhcpMessage message) {
        return message.xid() == xid && Arrays.equals(message.hardwareAddress(), mac);
    }

    /**
     * Asks twice and listens.
     *
     * @return completes when it is over; fails when the port cannot be had
     */
    CompletionStage<Void> run(DatagramDoor door, ScheduledExecutorService timer) {
        ChannelFuture opening = door.openShared(CLIENT_PORT, new Answers());
        opening.addListener(opened -> {
            if (!opened.isSuccess()) {
                ended.completeExceptionally(opened.cause());
                return;
            }
            channel = Optional.of(opening.channel());
            send(0);
            timer.schedule(
                    () -> send((int) TimeUnit.MILLISECONDS.toSeconds(SECOND_TRY_MILLIS)),
                    SECOND_TRY_MILLIS,
                    TimeUnit.MILLISECONDS);
            timer.schedule(this::close, END_MILLIS, TimeUnit.MILLISECONDS);
        });
        return ended;
    }

    void close() {
        channel.ifPresent(Channel::close);
        ended.complete(null);
    }

    private void send(int seconds) {
        channel.ifPresent(open -> open.writeAndFlush(
                new DatagramPacket(DhcpEncoder.encode(discover(seconds), UnpooledByteBufAllocator.DEFAULT), SERVERS)));
    }

    DhcpMessage discover(int seconds) {
        return DhcpMessage.builder()
                .hardware(DhcpMessage.ETHERNET, mac)
                .xid(xid)
                .seconds(seconds)
                .flags(BROADCAST_FLAG)
                .type(DhcpMessageType.DISCOVER)
                .option(DhcpOptions.DHCP_PARAMETER_REQUEST_LIST, new byte[] {1, 3, 6, 43, 51, 54, 60, 66, 67})
                // RFC 4578: what firmware says, and without it servers of boot files are silent
                .option(DhcpOptions.VENDOR_CLASS_IDENTIFIER, "PXEClient:Arch:00000:UNDI:002001")
                .option(DhcpOptions.CLIENT_SYSTEM_ARCHITECTURE, new byte[] {0, 0})
                .option(DhcpOptions.CLIENT_NETWORK_INTERFACE, new byte[] {1, 2, 1})
                .option(DhcpOptions.USER_CLASS, "Slipway probe".getBytes(StandardCharsets.US_ASCII))
                .build();
    }

    void received(DhcpMessage message, InetSocketAddress sender) {
        boolean isOffer = message.op() == DhcpMessage.BOOTREPLY
                && isAbout(message)
                && message.type().equals(Optional.of(DhcpMessageType.OFFER));
        Optional<Inet4Address> server = message.option(DhcpOptions.DHCP_SERVER_IDENTIFIER)
                .or(() -> Optional.of(sender.getAddress())
                        .filter(Inet4Address.class::isInstance)
                        .map(Inet4Address.class::cast));
        if (isOffer && server.isPresent()) {
            listener.offered(segment, server.get(), Offer.of(message));
        }
    }

    private final class Answers extends SimpleChannelInboundHandler<DatagramPacket> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            try {
                received(DhcpDecoder.decode(packet.content()), packet.sender());
            } catch (DecoderException e) {
                LOG.debug("a malformed answer of {} on {}: {}", packet.sender(), segment, e.getMessage());
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            LOG.debug("the look for DHCP servers on {}: {}", segment, cause.toString());
        }
    }
}
