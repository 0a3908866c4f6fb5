package io.slipway.sockets.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.NetUtil;
import io.slipway.sockets.DatagramDoor;
import io.slipway.sockets.DatagramTaker;
import io.slipway.sockets.Door;
import io.slipway.sockets.StreamTaker;
import io.slipway.sockets.internal.Settings.DoorPort;
import io.slipway.sockets.internal.Settings.Protocol;
import io.slipway.sockets.internal.Settings.Transport;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Addresses that come and go are tested with real ones, in e2e/ipv6.sh. */
@Timeout(30)
class Ipv6DoorsTest {

    private final Takers takers = new Takers();
    private EventLoops loops;
    private DoorKeeper keeper;

    @AfterEach
    void close() {
        keeper.close();
        loops.close();
    }

    private void start(Transport transport, boolean ipv6, int expected) {
        List<DoorPort> doors =
                List.of(new DoorPort("dhcp", 0), new DoorPort("tftp", 0), new DoorPort("http", 0, Protocol.TCP));
        Settings settings =
                new Settings(List.of("lo"), doors, ipv6, transport, 1, 65_536, 0, OptionalLong.empty(), Map.of());
        loops = new EventLoops(settings);
        keeper = new DoorKeeper(settings, loops, takers);
        keeper.start();
        DoorKeeperTest.await(() -> keeper.open().size() == expected);
    }

    private Door door(String name) {
        return keeper.open().stream()
                .filter(door -> door.name().equals(name) && door.ipv6().isPresent())
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void everyDoorButThatOfDhcpIsAtTheAddressToo(Transport transport) {
        start(transport, true, 5);
        assertEquals(
                List.of("dhcp", "tftp", "tftp ::1", "http", "http ::1"),
                keeper.open().stream()
                        .map(door -> door.name()
                                + door.ipv6()
                                        .map(own -> " " + NetUtil.toAddressString(own))
                                        .orElse(""))
                        .toList());
    }

    @ParameterizedTest
    @EnumSource
    void whereIpv6IsOffThereIsNone(Transport transport) throws IOException {
        start(transport, false, 3);
        int port = keeper.open().get(2).port();
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        assertThrows(ConnectException.class, () -> new Socket(NetUtil.LOCALHOST6, port));
    }

    @ParameterizedTest
    @EnumSource
    void aDatagramIsToldItsAddressAndAnsweredFromThere(Transport transport) throws Exception {
        takers.add(new Takers.Datagrams(new Echo()), Map.of(DatagramTaker.DOOR, "tftp", "service.id", 1L));
        start(transport, true, 5);
        Door door = door("tftp");
        try (DatagramSocket client = new DatagramSocket(0, NetUtil.LOCALHOST6)) {
            client.setSoTimeout(5000);
            client.send(new DatagramPacket(new byte[1], 1, NetUtil.LOCALHOST6, door.port()));
            DatagramPacket answer = new DatagramPacket(new byte[100], 100);
            client.receive(answer);
            assertEquals("::1", new String(answer.getData(), 0, answer.getLength(), StandardCharsets.US_ASCII));
            assertEquals(new InetSocketAddress(NetUtil.LOCALHOST6, door.port()), answer.getSocketAddress());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionHasBothAddresses(Transport transport) throws Exception {
        BlockingQueue<SocketAddress> seen = new LinkedBlockingQueue<>();
        StreamTaker taker = (connection, door) -> {
            seen.add(connection.localAddress());
            seen.add(connection.remoteAddress());
        };
        takers.add(new Takers.Streams(taker), Map.of(DatagramTaker.DOOR, "http", "service.id", 1L));
        start(transport, true, 5);
        Door door = door("http");
        try (Socket client = new Socket(NetUtil.LOCALHOST6, door.port())) {
            assertEquals(client.getRemoteSocketAddress(), seen.take());
            assertEquals(client.getLocalSocketAddress(), seen.take());
        }
    }

    private static final class Echo implements DatagramTaker {
        @Override
        public void received(ByteBuf content, InetSocketAddress sender, InetAddress asked, DatagramDoor door) {
            byte[] answer = NetUtil.toAddressString(asked).getBytes(StandardCharsets.US_ASCII);
            door.send(Unpooled.wrappedBuffer(answer), sender);
        }
    }
}
