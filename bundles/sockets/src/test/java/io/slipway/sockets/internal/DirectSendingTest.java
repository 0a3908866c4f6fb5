package io.slipway.sockets.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.NetUtil;
import io.slipway.sockets.DatagramDoor;
import io.slipway.sockets.DatagramTaker;
import io.slipway.sockets.DirectWay;
import io.slipway.sockets.internal.Settings.DoorPort;
import io.slipway.sockets.internal.Settings.Transport;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On loopback, where nothing needs a capability; frames and ARP entries are tested in e2e/newcomers.sh. */
@Timeout(30)
class DirectSendingTest {

    private final Takers takers = new Takers();
    private final Settings settings =
            new Settings(List.of("lo"), List.of(new DoorPort("echo", 0)), Transport.EPOLL, 1, 65_536, 50);
    private final EventLoops loops = new EventLoops(settings);
    private final DoorKeeper keeper = new DoorKeeper(settings, loops, takers);
    private final CompletableFuture<DatagramDoor> opened = new CompletableFuture<>();
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
    void theSourceIsTheAddressThatWasSaid() throws Exception {
        DatagramDoor door = door();
        for (String from : List.of("127.0.0.1", "127.0.0.77", "127.3.2.1")) {
            ByteBuf content = Unpooled.copiedBuffer("--from " + from, StandardCharsets.US_ASCII)
                    .skipBytes(2);
            door.send(content, address(from), new InetSocketAddress(client.getLocalAddress(), client.getLocalPort()));
            DatagramPacket packet = new DatagramPacket(new byte[100], 100);
            client.receive(packet);
            assertEquals(
                    "from " + from, new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII));
            assertEquals(new InetSocketAddress(from, door.port()), packet.getSocketAddress());
            while (content.refCnt() > 0) { // the packet may be here before the sender is done with it
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void whatTheKernelRefusesLeavesFromWhereItMay() throws Exception {
        DatagramDoor door = door();
        door.send(
                Unpooled.copiedBuffer("x", StandardCharsets.US_ASCII),
                address("192.0.2.1"),
                new InetSocketAddress(client.getLocalAddress(), client.getLocalPort()));
        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
        client.receive(packet);
        assertEquals(new InetSocketAddress(address("127.0.0.1"), door.port()), packet.getSocketAddress());
    }

    @Test
    void whereThereAreNoHardwareAddressesThereIsNoDirectWay() throws Exception {
        DatagramDoor door = door();
        ByteBuf content = Unpooled.copiedBuffer("x", StandardCharsets.US_ASCII);
        for (DirectWay way : DirectWay.values()) {
            assertEquals(Optional.of("this is no Ethernet interface"), door.obstacle(way));
            assertFalse(door.sendDirect(
                    content, way, address("127.0.0.1"), new InetSocketAddress("127.0.0.2", 68), new byte[6]));
        }
        assertEquals(1, content.refCnt(), "the buffer is the caller's");
    }

    private DatagramDoor door() throws Exception {
        takers.add(
                new Takers.Datagrams(new DatagramTaker() {
                    @Override
                    public void received(
                            ByteBuf content, InetSocketAddress sender, InetAddress recipient, DatagramDoor door) {
                        throw new AssertionError("nothing is sent to it");
                    }

                    @Override
                    public void opened(DatagramDoor door) {
                        opened.complete(door);
                    }
                }),
                Map.of(DatagramTaker.DOOR, "echo", "service.id", 1L));
        keeper.start();
        return opened.get(10, TimeUnit.SECONDS);
    }

    private static Inet4Address address(String text) {
        return (Inet4Address) NetUtil.createInetAddressFromIpAddressString(text);
    }
}
