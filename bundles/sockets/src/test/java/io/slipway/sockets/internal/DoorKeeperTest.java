package io.slipway.sockets.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.NetUtil;
import io.slipway.sockets.DatagramDoor;
import io.slipway.sockets.DatagramTaker;
import io.slipway.sockets.Door;
import io.slipway.sockets.StreamDoor;
import io.slipway.sockets.StreamTaker;
import io.slipway.sockets.internal.Settings.DoorPort;
import io.slipway.sockets.internal.Settings.Transport;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DoorKeeperTest {

    private final Takers takers = new Takers();
    private final CountDownLatch readiness = new CountDownLatch(1);
    private EventLoops loops;
    private DoorKeeper keeper;
    private DatagramSocket client;

    @BeforeEach
    void open() throws IOException {
        client = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        client.setSoTimeout(5000);
    }

    @AfterEach
    void close() {
        client.close();
        keeper.close();
        loops.close();
    }

    @Test
    void echoesThroughTheNewestTaker() throws IOException {
        DatagramDoor door = (DatagramDoor) start("lo", new DoorPort("echo", 0)).get(0);
        Echo old = new Echo("old:");
        Echo fresh = new Echo("new:");
        add(old, 1);
        assertEquals("old:a", ask(door, "a"));
        add(fresh, 2);
        assertEquals("new:b", ask(door, "b"));
        takers.remove(new Takers.Datagrams(fresh));
        keeper.takersChanged();
        assertEquals("old:c", ask(door, "c"));
    }

    @Test
    void keepsPacketsInTheKernelWhileNobodyTakesThem() throws Exception {
        DatagramDoor door = (DatagramDoor) start("lo", new DoorPort("echo", 0)).get(0);
        send(door, "waited");
        Echo echo = new Echo("");
        add(echo, 1);
        assertEquals("waited", echo.seen.poll(5, TimeUnit.SECONDS));
    }

    @Test
    void keepsPacketsBetweenOneTakerAndTheNext() throws Exception {
        DatagramDoor door = (DatagramDoor) start("lo", new DoorPort("echo", 0)).get(0);
        Echo old = new Echo("old:");
        add(old, 1);
        assertEquals("old:a", ask(door, "a"));
        takers.remove(new Takers.Datagrams(old));
        keeper.takersChanged();
        send(door, "b");
        send(door, "c");
        // On the only event loop: by then, what it was going to read is read.
        Heard.converse(door, InetAddress.getLoopbackAddress(), nobody()).close();
        Echo fresh = new Echo("new:");
        add(fresh, 2);
        assertEquals("b", fresh.seen.poll(5, TimeUnit.SECONDS));
        assertEquals("c", fresh.seen.poll(5, TimeUnit.SECONDS));
    }

    /** Under load, reads pause to gather; what ends the pause may be that the taker has changed. */
    @Test
    void underLoadEveryPacketIsTakenInOrder() throws Exception {
        DatagramDoor door = (DatagramDoor) start("lo", new DoorPort("echo", 0)).get(0);
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        for (int burst = 0; burst < 40; burst++) {
            if (burst % 10 == 0) {
                add(new Echo("", seen, "echo"), 1 + burst);
            }
            // As many as the kernel surely keeps.
            for (int i = 0; i < 50; i++) {
                send(door, burst + "/" + i);
            }
            for (int i = 0; i < 50; i++) {
                assertEquals(burst + "/" + i, seen.poll(5, TimeUnit.SECONDS));
            }
        }
    }

    @Test
    void aTakerThatThrowsLosesOnlyItsPacket() throws IOException {
        DatagramDoor door = (DatagramDoor) start("lo", new DoorPort("echo", 0)).get(0);
        add(new Echo("ok:"), 1);
        send(door, "throw");
        assertEquals("ok:next", ask(door, "next"));
    }

    @Test
    void aBusyPortIsOpenedWhenItIsFreeAndStopsNoOther() throws IOException {
        DatagramSocket squatter = new DatagramSocket(0, NetUtil.createInetAddressFromIpAddressString("0.0.0.0"));
        DoorPort busy = new DoorPort("busy", squatter.getLocalPort());
        add(new Echo("", "busy", "echo"), 1);
        DatagramDoor door =
                (DatagramDoor) start("lo", busy, new DoorPort("echo", 0)).get(0);
        assertEquals("echo", door.name());
        assertEquals("a", ask(door, "a"));
        squatter.close();
        await(() -> keeper.open().size() == 2);
        assertEquals(busy.port(), keeper.open().get(0).port());
    }

    @Test
    void anUnknownInterfaceStopsNoOther() throws IOException {
        add(new Echo(""), 1);
        settings(List.of("nosuch0", "lo"), new DoorPort("echo", 0));
        await(() -> keeper.open().size() == 1);
        assertEquals("a", ask((DatagramDoor) keeper.open().get(0), "a"));
    }

    @Test
    void theNativeTransportIsUsedAndTheSocketIsBoundToItsInterface() throws Exception {
        DatagramDoor door = (DatagramDoor) start("lo", new DoorPort("echo", 0)).get(0);
        assertEquals("epoll", door.transport());
        assertEquals("lo", door.link().name());
        assertEquals("127.0.0.1/8", door.link().addresses().get(0).toString());
    }

    @Test
    void aTakerIsToldWhichAddressWasAsked() throws Exception {
        DatagramDoor door = (DatagramDoor) start("lo", new DoorPort("echo", 0)).get(0);
        Echo echo = new Echo("");
        add(echo, 1);
        byte[] bytes = {'a'};
        for (String asked : List.of("127.0.0.1", "127.0.0.2")) {
            client.send(new DatagramPacket(bytes, 1, NetUtil.createInetAddressFromIpAddressString(asked), door.port()));
            assertEquals("a", echo.seen.poll(5, TimeUnit.SECONDS));
            assertEquals(NetUtil.createInetAddressFromIpAddressString(asked), echo.recipient);
        }
    }

    @Test
    void conversationsAreHeldFromTheAddressThatIsGiven() throws Exception {
        DatagramDoor door = (DatagramDoor) start("lo", new DoorPort("echo", 0)).get(0);
        assertEquals(NetUtil.createInetAddressFromIpAddressString("127.0.0.1"), local(door, "127.0.0.1"));
        assertEquals(NetUtil.createInetAddressFromIpAddressString("127.0.0.2"), local(door, "127.0.0.2"));
        assertTrue(local(door, "0.0.0.0").isAnyLocalAddress());
    }

    private static InetAddress local(DatagramDoor door, String asked) throws Exception {
        Heard heard = Heard.converse(door, NetUtil.createInetAddressFromIpAddressString(asked), nobody());
        InetAddress local = heard.local().getAddress();
        heard.close();
        return local;
    }

    private static InetSocketAddress nobody() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
    }

    @Test
    void aTakerThatLacksAClassDoesNotEndTheWatch() throws InterruptedException {
        Echo broken = new Echo("ok:") {
            private boolean asked;

            @Override
            public boolean isReady() {
                if (!asked) {
                    asked = true;
                    throw new NoClassDefFoundError("as the test asked");
                }
                readiness.countDown();
                return true;
            }
        };
        add(broken, 1);
        start("lo", new DoorPort("echo", 0));
        assertTrue(readiness.await(5, TimeUnit.SECONDS), "the watch has ended");
    }

    @Test
    void aTakerThatComesWhileAnotherGoesIsRead() throws Exception {
        Settings settings =
                new Settings(List.of("lo"), List.of(new DoorPort("echo", 0)), Transport.AUTO, 1, 65_536, 50);
        loops = new EventLoops(settings);
        keeper = new DoorKeeper(settings, loops, takers);
        CountDownLatch looked = new CountDownLatch(1);
        CountDownLatch swapped = new CountDownLatch(1);
        AtomicReference<Optional<Takers.Taker>> taker = new AtomicReference<>(Optional.empty());
        AtomicBoolean delays = new AtomicBoolean();
        OpenDoor door = OpenDoor.bind(
                new DoorPort("echo", 0), Links.find("lo").orElseThrow(), Optional.empty(), 65_536, loops, () -> {
                    Optional<Takers.Taker> now = taker.get();
                    if (delays.compareAndSet(true, false)) {
                        looked.countDown();
                        awaitAtMost(swapped, 200);
                    }
                    return now;
                });
        delays.set(true);
        Thread going = new Thread(door::takerChanged);
        going.start();
        looked.await();
        taker.set(Optional.of(new Takers.Datagrams(new Echo("new:"))));
        door.takerChanged();
        swapped.countDown();
        going.join();
        // Netty finishes a read that it has begun: it is the second packet that shows whether there is another.
        assertEquals("new:a", ask((DatagramDoor) door, "a"));
        assertEquals("new:b", ask((DatagramDoor) door, "b"));
        door.close();
    }

    private static void awaitAtMost(CountDownLatch latch, long millis) {
        try {
            latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void connectionsGoToTheNewestTakerAndWaitWhileThereIsNone() throws Exception {
        Door door = start("lo", new DoorPort("web", 0, Settings.Protocol.TCP)).get(0);
        try (Socket early = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
            early.setSoTimeout(5000);
            Greeter old = new Greeter('o');
            addStreams(old, 1);
            assertEquals('o', early.getInputStream().read());
            addStreams(new Greeter('n'), 2);
            try (Socket late = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
                late.setSoTimeout(5000);
                assertEquals('n', late.getInputStream().read());
            }
        }
    }

    private void addStreams(StreamTaker taker, long id) {
        takers.add(new Takers.Streams(taker), Map.of(DatagramTaker.DOOR, "web", "service.id", id));
        keeper.takersChanged();
    }

    private record Greeter(char word) implements StreamTaker {
        @Override
        public void accepted(Channel connection, StreamDoor door) {
            connection.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                @Override
                public void channelActive(ChannelHandlerContext context) {
                    context.writeAndFlush(Unpooled.copiedBuffer(String.valueOf(word), StandardCharsets.US_ASCII))
                            .addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
                }
            });
        }
    }

    private List<Door> start(String link, DoorPort... doors) {
        settings(List.of(link), doors);
        await(() -> !keeper.open().isEmpty());
        return keeper.open();
    }

    private void settings(List<String> links, DoorPort... doors) {
        Settings settings = new Settings(links, List.of(doors), Transport.AUTO, 1, 65_536, 50);
        loops = new EventLoops(settings);
        keeper = new DoorKeeper(settings, loops, takers);
        keeper.start();
    }

    private void add(Echo echo, long id) {
        takers.add(new Takers.Datagrams(echo), Map.of(DatagramTaker.DOOR, echo.doors, "service.id", id));
        if (keeper != null) {
            keeper.takersChanged();
        }
    }

    private String ask(DatagramDoor door, String text) throws IOException {
        send(door, text);
        DatagramPacket answer = new DatagramPacket(new byte[100], 100);
        client.receive(answer);
        return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.US_ASCII);
    }

    private void send(DatagramDoor door, String text) throws IOException {
        send(door.port(), text);
    }

    private void send(int port, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        client.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
    }

    static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    private static class Echo implements DatagramTaker {
        private final BlockingQueue<String> seen;
        private volatile InetAddress recipient;
        private final String prefix;
        private final String[] doors;

        Echo(String prefix, String... doors) {
            this(prefix, new LinkedBlockingQueue<>(), doors);
        }

        Echo(String prefix, BlockingQueue<String> seen, String... doors) {
            this.seen = seen;
            this.prefix = prefix;
            this.doors = doors.length == 0 ? new String[] {"echo"} : doors;
        }

        @Override
        public void received(ByteBuf content, InetSocketAddress sender, InetAddress asked, DatagramDoor door) {
            recipient = asked;
            String text = content.toString(StandardCharsets.US_ASCII);
            if (text.equals("throw")) {
                throw new IllegalStateException("as the test asked");
            }
            seen.add(text);
            door.send(Unpooled.copiedBuffer(prefix + text, StandardCharsets.US_ASCII), sender);
        }
    }
}
