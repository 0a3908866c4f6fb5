package io.slipway.sockets.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slipway.sockets.DatagramDoor;
import io.slipway.sockets.DatagramTaker;
import io.slipway.sockets.Door;
import io.slipway.sockets.internal.Settings.DoorPort;
import io.slipway.sockets.internal.Settings.Transport;
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
import java.util.concurrent.CompletableFuture;
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
}
