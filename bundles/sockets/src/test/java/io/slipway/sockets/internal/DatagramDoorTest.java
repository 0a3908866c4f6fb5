package io.slipway.sockets.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramChannel;
import io.slipway.sockets.DatagramDoor;
import io.slipway.sockets.DatagramTaker;
import io.slipway.sockets.Door;
import io.slipway.sockets.internal.Settings.DoorPort;
import io.slipway.sockets.internal.Settings.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a door sends arrives. */
@Timeout(30)
class DatagramDoorTest {

    private final Settings settings = new Settings(
            List.of("lo"),
            List.of(new DoorPort("echo", 0)),
            true,
            Transport.AUTO,
            1,
            65_536,
            50,
            OptionalLong.empty(),
            Map.of());
    private final EventLoops loops = new EventLoops(settings);
    private final Takers takers = new Takers();
    private final DoorKeeper keeper = new DoorKeeper(settings, loops, takers);
    private DatagramDoor door;
    private DatagramSocket client;

    InetAddress loopback() {
        return InetAddress.getLoopbackAddress();
    }

    @BeforeEach
    void open() throws Exception {
        client = new DatagramSocket(0, loopback());
        client.setSoTimeout(5000);
        keeper.start();
        DoorKeeperTest.await(() -> find().isPresent());
        door = (DatagramDoor) find().orElseThrow();
    }

    private Optional<Door> find() {
        Optional<InetAddress> ipv6 = Optional.of(loopback()).filter(Inet6Address.class::isInstance);
        return keeper.open().stream().filter(each -> each.ipv6().equals(ipv6)).findFirst();
    }

    @AfterEach
    void close() {
        client.close();
        keeper.close();
        loops.close();
    }

    /** As many as the client's buffer holds if nobody reads: none may be lost however slow this machine is. */
    @Test
    void whatIsSentAtOnceArrivesWholeAndInOrder() throws Exception {
        InetSocketAddress to = new InetSocketAddress(client.getLocalAddress(), client.getLocalPort());
        for (int i = 0; i < 150; i++) {
            door.send(Unpooled.copiedBuffer("reply " + i, StandardCharsets.UTF_8), to);
        }
        for (int i = 0; i < 150; i++) {
            DatagramPacket reply = new DatagramPacket(new byte[64], 64);
            client.receive(reply);
            assertEquals("reply " + i, new String(reply.getData(), 0, reply.getLength(), StandardCharsets.UTF_8));
        }
    }

    /** What many clients wait for is spread out, unless each waits for its own before it goes on. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aConversationIsNotSpreadOut(boolean isConversing) throws Exception {
        DatagramTaker taker = new DatagramTaker() {
            @Override
            public void received(ByteBuf content, InetSocketAddress sender, InetAddress recipient, DatagramDoor from) {}

            @Override
            public boolean isConversing() {
                return isConversing;
            }
        };
        takers.add(new Takers.Datagrams(taker), Map.of(DatagramTaker.DOOR, "echo", "service.id", 1L));
        InetSocketAddress to = new InetSocketAddress(client.getLocalAddress(), client.getLocalPort());
        int expected = isConversing ? 100 : OpenDatagramDoor.BURST;
        CompletableFuture<Integer> arrived = new CompletableFuture<>();
        door.loop().execute(() -> {
            for (int i = 0; i < 100; i++) {
                door.send(Unpooled.copiedBuffer("reply", StandardCharsets.UTF_8), to);
            }
            // Behind what sends; while it runs, nothing more can leave.
            door.loop().execute(() -> arrived.complete(count(client, expected)));
        });
        assertEquals(expected, arrived.get());
    }

    /** Waits for that many, and a moment for more. */
    private static int count(DatagramSocket receiver, int expected) {
        int arrived = 0;
        DatagramPacket reply = new DatagramPacket(new byte[64], 64);
        try {
            while (true) {
                receiver.setSoTimeout(arrived < expected ? 5000 : 20);
                receiver.receive(reply);
                arrived++;
            }
        } catch (SocketTimeoutException e) {
            return arrived;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Cut by the kernel where it can, sent one by one otherwise: the client sees the same. */
    @ParameterizedTest
    @ValueSource(ints = {1, 100, 101, 1000, 6350})
    void datagramsOfEqualSizeLeaveAConversation(int length) throws Exception {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        InetSocketAddress to = new InetSocketAddress(client.getLocalAddress(), client.getLocalPort());
        Channel conversation =
                door.open(loopback(), new ChannelInboundHandlerAdapter()).sync().channel();
        ByteBuf datagrams = PooledByteBufAllocator.DEFAULT.directBuffer().writeBytes(bytes);
        conversation.eventLoop().execute(() -> door.send(conversation, datagrams, 100, to));
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        while (received.size() < length) {
            DatagramPacket datagram = new DatagramPacket(new byte[2000], 2000);
            client.receive(datagram);
            assertEquals(Math.min(100, length - received.size()), datagram.getLength());
            received.write(datagram.getData(), 0, datagram.getLength());
        }
        assertArrayEquals(bytes, received.toByteArray());
        conversation.close().sync();
        assertEquals(0, datagrams.refCnt());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSettledConversationHearsItsClientAndStrangersApart(boolean isLockStep) throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        Channel conversation = door.open(loopback(), note(heard, isLockStep ? "door " : "client "))
                .sync()
                .channel();
        InetSocketAddress own = (InetSocketAddress) conversation.localAddress();
        InetSocketAddress to = new InetSocketAddress(client.getLocalAddress(), client.getLocalPort());
        conversation
                .eventLoop()
                .submit(() -> {
                    if (isLockStep) {
                        door.settleLockStep(
                                conversation,
                                to,
                                answer -> heard.add("client " + answer.toString(StandardCharsets.UTF_8)),
                                note(heard, "stranger "));
                    } else {
                        door.settle(conversation, to, note(heard, "stranger "));
                    }
                })
                .sync();
        DoorKeeperTest.await(
                () -> isLockStep ? !conversation.isRegistered() : ((DatagramChannel) conversation).isConnected());
        try (DatagramSocket stranger = new DatagramSocket(0, loopback())) {
            stranger.send(new DatagramPacket(new byte[] {'a'}, 1, own));
            assertEquals("stranger a", heard.take());
            client.send(new DatagramPacket(new byte[] {'b'}, 1, own));
            client.send(new DatagramPacket(new byte[] {'d'}, 1, own));
            assertEquals("client b", heard.take());
            assertEquals("client d", heard.take());
        }
        ByteBuf answer = PooledByteBufAllocator.DEFAULT.directBuffer().writeByte('c');
        conversation.eventLoop().execute(() -> door.send(conversation, answer, 1, to));
        DatagramPacket reply = new DatagramPacket(new byte[10], 10);
        client.receive(reply);
        assertEquals(own, reply.getSocketAddress());
        conversation.close().sync();
        try (DatagramSocket again = new DatagramSocket(own)) { // the second socket is closed, too
            assertEquals(own.getPort(), again.getLocalPort());
        }
    }

    @Test
    void aConversationThatSomethingElseReadsForEndsWithItsEventLoop() throws Exception {
        InetSocketAddress to = new InetSocketAddress(client.getLocalAddress(), client.getLocalPort());
        Channel conversation =
                door.open(loopback(), new ChannelInboundHandlerAdapter()).sync().channel();
        conversation
                .eventLoop()
                .submit(() -> door.settleLockStep(conversation, to, answer -> {}, new ChannelInboundHandlerAdapter()))
                .sync();
        DoorKeeperTest.await(() -> !conversation.isRegistered());
        keeper.close();
        loops.close();
        conversation.closeFuture().sync();
    }

    private static ChannelHandler note(BlockingQueue<String> heard, String who) {
        return new SimpleChannelInboundHandler<io.netty.channel.socket.DatagramPacket>() {
            @Override
            protected void channelRead0(ChannelHandlerContext context, io.netty.channel.socket.DatagramPacket packet) {
                heard.add(who + packet.content().toString(StandardCharsets.UTF_8));
            }
        };
    }
}
