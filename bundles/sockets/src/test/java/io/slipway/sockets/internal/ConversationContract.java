package io.slipway.sockets.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.slipway.sockets.DatagramDoor;
import io.slipway.sockets.internal.Settings.DoorPort;
import io.slipway.sockets.internal.Settings.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What everybody may rely on who converses, whatever carries it. */
@Timeout(30)
abstract class ConversationContract {

    private final EventLoops loops;
    private final DoorKeeper keeper;
    private DatagramDoor door;
    private DatagramSocket client;

    ConversationContract(Transport transport) {
        Settings settings = new Settings(
                List.of("lo"),
                List.of(new DoorPort("echo", 0)),
                false,
                transport,
                1,
                65_536,
                50,
                OptionalLong.empty(),
                Map.of());
        loops = new EventLoops(settings);
        keeper = new DoorKeeper(settings, loops, new Takers());
    }

    @BeforeEach
    void open() throws Exception {
        client = new DatagramSocket(0, loopback());
        client.setSoTimeout(5000);
        keeper.start();
        DoorKeeperTest.await(() -> !keeper.open().isEmpty());
        door = (DatagramDoor) keeper.open().get(0);
    }

    @AfterEach
    void close() {
        client.close();
        keeper.close();
        loops.close();
    }

    static InetAddress loopback() {
        return InetAddress.getLoopbackAddress();
    }

    InetSocketAddress client() {
        return new InetSocketAddress(client.getLocalAddress(), client.getLocalPort());
    }

    Heard converse() throws InterruptedException {
        return Heard.converse(door, loopback(), client());
    }

    Heard converse(Heard heard) throws InterruptedException {
        return Heard.converse(door, loopback(), client(), heard);
    }

    static void say(DatagramSocket who, String text, InetSocketAddress to) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        who.send(new DatagramPacket(bytes, bytes.length, to));
    }

    void say(String text, Heard to) throws IOException {
        say(client, text, to.local());
    }

    /** On the event loop, so that both are there when it reads. */
    private void sayAtOnce(Heard to, String first, String second) throws InterruptedException {
        to.run(() -> {
            try {
                say(first, to);
                say(second, to);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    static ByteBuf bytes(String text) {
        return PooledByteBufAllocator.DEFAULT.directBuffer().writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    String answer(DatagramSocket who, Heard from) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
        who.receive(packet);
        assertEquals(from.local(), packet.getSocketAddress());
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    /** The client's socket is closed. */
    void leave() {
        client.close();
    }

    void endLoops() {
        keeper.close();
        loops.close();
    }

    /** Cut by the kernel where it can, sent one by one otherwise: the client sees the same, of a settled one, too. */
    @ParameterizedTest
    @ValueSource(ints = {1, 100, 101, 1000, 6350})
    void datagramsOfEqualSizeArrive(int length) throws Exception {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        Heard heard = converse();
        for (int i = 0; i < 2; i++) {
            ByteBuf datagrams = PooledByteBufAllocator.DEFAULT.directBuffer().writeBytes(bytes);
            heard.run(() -> heard.conversation().send(datagrams, 100));
            ByteArrayOutputStream received = new ByteArrayOutputStream();
            while (received.size() < length) {
                DatagramPacket datagram = new DatagramPacket(new byte[2000], 2000);
                client.receive(datagram);
                assertEquals(Math.min(100, length - received.size()), datagram.getLength());
                received.write(datagram.getData(), 0, datagram.getLength());
            }
            assertArrayEquals(bytes, received.toByteArray());
            assertEquals(0, datagrams.refCnt());
            heard.run(heard.conversation()::settle);
        }
        heard.close();
        assertEquals("closed", heard.next());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theClientAndStrangersAreToldApart(boolean isSettled) throws Exception {
        Heard heard = converse();
        if (isSettled) {
            heard.run(heard.conversation()::settle);
            heard.run(heard.conversation()::settle); // once more changes nothing
        }
        InetSocketAddress own = heard.local();
        assertNotEquals(door.port(), own.getPort());
        try (DatagramSocket stranger = new DatagramSocket(0, loopback())) {
            stranger.setSoTimeout(5000);
            say(stranger, "a", own);
            assertEquals("stranger a", heard.next());
            say("b", heard);
            say("c", heard);
            assertEquals("client b", heard.next());
            assertEquals("client c", heard.next());
            InetSocketAddress to = new InetSocketAddress(stranger.getLocalAddress(), stranger.getLocalPort());
            heard.run(() -> heard.conversation().sendTo(bytes("no"), to));
            assertEquals("no", answer(stranger, heard));
        }
        heard.run(() -> heard.conversation().send(bytes("d"), 10));
        assertEquals("d", answer(client, heard));
        heard.close();
        assertEquals("closed", heard.next());
        heard.close();
        assertTrue(heard.isQuiet());
        DoorKeeperTest.await(() -> isFree(own)); // of a settled one the second socket is closed, too
    }

    private static boolean isFree(InetSocketAddress address) {
        try (DatagramSocket again = new DatagramSocket(address)) {
            return again.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** Nothing that the client has sent is lost, also where more came than there was room to answer for. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatMayLieIsHeardWithTheNextEventOrWhenSomethingIsSent(boolean isSettled) throws Exception {
        Heard heard = converse(new Heard() {
            @Override
            public boolean received(ByteBuf datagram) {
                super.received(datagram);
                return true;
            }
        });
        if (isSettled) {
            heard.run(heard.conversation()::settle);
        }
        heard.run(
                () -> { // on the event loop, so that all of it is there when it reads
                    try {
                        say("a", heard);
                        say("b", heard);
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });
        assertEquals("client a", heard.next());
        heard.run(() -> heard.conversation().send(bytes("again"), 10));
        assertEquals("client b", heard.next());
        sayAtOnce(heard, "c", "d");
        assertEquals("client c", heard.next());
        say("e", heard);
        assertEquals("client d", heard.next());
        say("f", heard);
        assertEquals("client e", heard.next());
    }

    @Test
    void whatIsLongerThanADatagramOfTheWindowIsNotCut() throws Exception {
        Heard heard = converse();
        heard.run(() -> heard.conversation().send(bytes("0123456789"), 4));
        assertEquals("0123", answer(client, heard));
        assertEquals("4567", answer(client, heard));
        assertEquals("89", answer(client, heard));
        heard.run(() -> heard.conversation().send(bytes("an error"), 8));
        assertEquals("an error", answer(client, heard));
        heard.run(() -> heard.conversation().send(bytes("0123456789"), 4));
        heard.run(() -> heard.conversation().sendTo(bytes("an error"), client()));
        assertEquals("0123", answer(client, heard));
        assertEquals("4567", answer(client, heard));
        assertEquals("89", answer(client, heard));
        assertEquals("an error", answer(client, heard));
    }

    @Test
    void anEmptyDatagramHidesNothing() throws Exception {
        Heard heard = converse();
        heard.run(heard.conversation()::settle);
        sayAtOnce(heard, "", "a");
        String first = heard.next();
        assertEquals("client a", "client ".equals(first) ? heard.next() : first);
    }

    @Test
    void aTakerThatFailsIsToldAndHearsOn() throws Exception {
        Heard heard = converse(new Heard() {
            @Override
            public boolean received(ByteBuf datagram) {
                super.received(datagram);
                throw new IllegalStateException("as the test asked");
            }
        });
        say("a", heard);
        assertEquals("client a", heard.next());
        assertEquals("failure as the test asked", heard.next());
        say("b", heard);
        assertEquals("client b", heard.next());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void endsWithItsEventLoop(boolean isSettled) throws Exception {
        Heard heard = converse();
        if (isSettled) {
            heard.run(heard.conversation()::settle);
        }
        endLoops();
        assertEquals("closed", heard.next());
    }

    @Test
    void anAddressThatIsNotOursIsRefused() {
        Heard heard = new Heard();
        var opened = door.converse(new InetSocketAddress("192.0.2.1", 0).getAddress(), client(), heard);
        assertTrue(opened.awaitUninterruptibly(5000));
        assertTrue(opened.cause() instanceof IOException, String.valueOf(opened.cause()));
        assertTrue(heard.isQuiet());
    }
}
