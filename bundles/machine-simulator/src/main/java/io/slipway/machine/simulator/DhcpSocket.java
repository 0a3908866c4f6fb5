package io.slipway.machine.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.DecoderException;
import io.slipway.dhcp.codec.DhcpDecoder;
import io.slipway.dhcp.codec.DhcpEncoder;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The DHCP clients of all machines of one interface: each as a PXE ROM of a BIOS, without an address, so that what they
 * are told is broadcast. Everything runs on the socket's event loop.
 */
final class DhcpSocket extends SimpleChannelInboundHandler<DatagramPacket> {

    private static final InetSocketAddress SERVERS = new InetSocketAddress("255.255.255.255", 67);
    private static final int BROADCAST_FLAG = 0x8000;
    private static final byte[] ASKED_FOR = {1, 3, 6, 12, 15, 43, 54, 60, 66, 67, 97, (byte) 128};
    private static final byte[] UNDI = {1, 2, 1};
    private static final byte[] BIOS = {0, 0};

    /** PXE 2.1 section 2.2.1: a DISCOVER goes again after 4, 8, 16 and 32 seconds. */
    private static final Duration FIRST_TIMEOUT = Duration.ofSeconds(4);

    private static final int ATTEMPTS = 4;

    private final Map<Integer, Client> clients = new HashMap<>();
    private Channel channel;

    private static final class Client {
        private final byte[] mac;
        private final int xid;
        private final CompletableFuture<Leased> done = new CompletableFuture<>();
        private final long begunAt = System.nanoTime();
        private Optional<DhcpMessage> offer = Optional.empty();
        private int sent;
        private int repeats;
        private int refusals;

        private Client(byte[] mac, int xid) {
            this.mac = mac;
            this.xid = xid;
        }

        private Duration age() {
            return Duration.ofNanos(System.nanoTime() - begunAt);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
    }

    /**
     * Asks for an address; does not fail.
     *
     * @param mac 6 bytes, others for each machine
     */
    CompletableFuture<Leased> lease(byte[] mac) {
        // What differs between machines is in the last four bytes.
        int xid = ByteBuffer.wrap(mac).getInt(2);
        Client client = new Client(mac, xid);
        channel.eventLoop().execute(() -> {
            if (clients.putIfAbsent(xid, client) == null) {
                send(client);
            } else {
                client.done.complete(Leased.failed(client.age(), 0, "two machines have one transaction"));
            }
        });
        return client.done;
    }

    private void send(Client client) {
        DhcpMessage.Builder message = client.offer
                .map(offer -> base(client, DhcpMessageType.REQUEST)
                        .option(DhcpOptions.DHCP_REQUESTED_ADDRESS, offer.yourAddress())
                        .option(
                                DhcpOptions.DHCP_SERVER_IDENTIFIER,
                                offer.option(DhcpOptions.DHCP_SERVER_IDENTIFIER).orElse(offer.nextServer())))
                .orElseGet(() -> base(client, DhcpMessageType.DISCOVER));
        ByteBuf bytes = DhcpEncoder.encode(message.build(), channel.alloc());
        channel.writeAndFlush(new DatagramPacket(bytes, SERVERS), channel.voidPromise());
        client.sent++;
        int attempt = client.sent;
        boolean isRequest = client.offer.isPresent();
        channel.eventLoop()
                .schedule(
                        () -> silent(client, attempt, isRequest),
                        FIRST_TIMEOUT.toMillis() << (attempt - 1),
                        TimeUnit.MILLISECONDS);
    }

    private void silent(Client client, int attempt, boolean isRequest) {
        if (client.done.isDone() || attempt != client.sent || isRequest != client.offer.isPresent()) {
            return;
        }
        if (client.sent == ATTEMPTS) {
            end(client, Leased.failed(client.age(), client.repeats, isRequest ? "no ACK" : "no OFFER"));
        } else {
            client.repeats++;
            send(client);
        }
    }

    private static DhcpMessage.Builder base(Client client, DhcpMessageType type) {
        byte[] uuid = ByteBuffer.allocate(17)
                .put((byte) 0)
                .put(new byte[10])
                .put(client.mac)
                .array();
        return DhcpMessage.builder()
                .hardware(DhcpMessage.ETHERNET, client.mac)
                .xid(client.xid)
                .flags(BROADCAST_FLAG)
                .type(type)
                .option(DhcpOptions.DHCP_MAX_MESSAGE_SIZE, 1260)
                .option(DhcpOptions.VENDOR_CLASS_IDENTIFIER, "PXEClient:Arch:00000:UNDI:002001")
                .option(DhcpOptions.CLIENT_SYSTEM_ARCHITECTURE, BIOS)
                .option(DhcpOptions.CLIENT_NETWORK_INTERFACE, UNDI)
                .option(DhcpOptions.CLIENT_MACHINE_IDENTIFIER, uuid)
                .option(DhcpOptions.DHCP_PARAMETER_REQUEST_LIST, ASKED_FOR);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
        DhcpMessage message;
        try {
            message = DhcpDecoder.decode(packet.content());
        } catch (DecoderException e) {
            return;
        }
        Client client = clients.get(message.xid());
        if (client == null || message.op() != DhcpMessage.BOOTREPLY || !Arrays.equals(client.mac, macOf(message))) {
            return;
        }
        Optional<DhcpMessageType> type = message.type();
        if (type.equals(Optional.of(DhcpMessageType.OFFER)) && client.offer.isEmpty()) {
            client.offer = Optional.of(message);
            client.sent = 0;
            send(client);
        } else if (type.equals(Optional.of(DhcpMessageType.ACK)) && client.offer.isPresent()) {
            end(client, leased(client, message));
        } else if (type.equals(Optional.of(DhcpMessageType.NAK))) {
            refused(client);
        }
    }

    /** RFC 2131 section 3.1: a client that is refused begins again. */
    private void refused(Client client) {
        if (++client.refusals == ATTEMPTS) {
            end(client, Leased.failed(client.age(), client.repeats, "NAK"));
        } else {
            client.offer = Optional.empty();
            client.sent = 0;
            client.repeats++;
            send(client);
        }
    }

    private static byte[] macOf(DhcpMessage message) {
        return Arrays.copyOf(message.hardwareAddress(), 6);
    }

    private static Leased leased(Client client, DhcpMessage ack) {
        Inet4Address server = ack.nextServer().isAnyLocalAddress()
                ? ack.option(DhcpOptions.DHCP_SERVER_IDENTIFIER).orElse(ack.nextServer())
                : ack.nextServer();
        String file = ack.bootFile().isEmpty()
                ? ack.option(DhcpOptions.BOOT_FILE_NAME).orElse("")
                : ack.bootFile();
        return new Leased(
                Optional.of(ack.yourAddress()),
                Optional.of(server),
                file,
                client.age(),
                client.repeats,
                Optional.empty());
    }

    private void end(Client client, Leased leased) {
        clients.remove(client.xid, client);
        client.done.complete(leased);
    }
}
