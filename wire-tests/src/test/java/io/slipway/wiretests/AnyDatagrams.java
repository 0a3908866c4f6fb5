package io.slipway.wiretests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.tftp.codec.Data;
import io.slipway.tftp.codec.ErrorPacket;
import io.slipway.tftp.codec.OptionAck;
import io.slipway.tftp.codec.TftpDecoder;
import io.slipway.tftp.codec.TftpErrorCode;
import io.slipway.tftp.codec.TftpPacket;
import io.slipway.tftp.server.TftpServer;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What holds of {@link TftpServer} for datagrams of any kind. */
final class AnyDatagrams {

    /** RFC 1350 section 5: the largest that is sent before the client has answered. */
    private static final int FIRST = 4 + 512;

    /** As many blocks as there are in a window, as large as the link carries. */
    private static final int WINDOW = 64 * 1472;

    private static final int MOST_DATAGRAMS = 64;

    /** Whence datagrams come; those of the last two to the port of the transfer. */
    private static final List<InetSocketAddress> SOURCES = List.of(
            TftpWire.CLIENT,
            new InetSocketAddress(Addresses.parse("192.0.2.77"), 69),
            new InetSocketAddress(Addresses.parse("192.0.2.77"), 0),
            new InetSocketAddress(Addresses.parse("192.0.2.255"), 2070),
            TftpWire.CLIENT,
            new InetSocketAddress(Addresses.parse("198.51.100.7"), 2070));

    private static final int CLIENT_AT_TRANSFER = 4;

    private AnyDatagrams() {}

    /**
     * Sends datagrams: of each first a byte that says whence it comes, then two with its length, which may say more than
     * there is. Whatever breaks a promise fails the test.
     */
    static void areAnsweredOrDropped(TftpWire wire, ServedTree tree, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        for (int i = 0; i < MOST_DATAGRAMS && in.remaining() > 3; i++) {
            int source = (in.get() & 0xff) % SOURCES.size();
            byte[] datagram = new byte[Math.min(in.getShort() & 0xffff, in.remaining())];
            in.get(datagram);
            InetSocketAddress from = SOURCES.get(source);
            List<TftpWire.Sent> answers =
                    source < CLIENT_AT_TRANSFER ? wire.atDoor(datagram, from) : wire.atTransfer(datagram, from);
            int most = source == CLIENT_AT_TRANSFER ? WINDOW : FIRST;
            assertTrue(source == CLIENT_AT_TRANSFER || answers.size() <= 1, () -> answers.size() + " answers to one");
            assertTrue(
                    answers.stream().mapToInt(answer -> answer.bytes().length).sum() <= most, "too much at once");
            for (TftpWire.Sent answer : answers) {
                assertEquals(from, answer.to());
                answerIsSound(answer.bytes(), source, received);
            }
        }
        wire.reset();
        assertFalse(received.toString(StandardCharsets.ISO_8859_1).contains(ServedTree.OUTSIDE));
        assertEquals(List.of(), new ArrayList<>(tree.escapes()));
        assertEquals("", ServerFaults.heard());
    }

    private static void answerIsSound(byte[] bytes, int source, ByteArrayOutputStream received) {
        TftpPacket packet = TftpDecoder.decode(Unpooled.wrappedBuffer(bytes));
        if (packet instanceof Data data) {
            assertTrue(source == 0 ? data.block() == 1 : source == CLIENT_AT_TRANSFER, "a block for " + source);
            received.writeBytes(data.payload());
        } else if (packet instanceof ErrorPacket error) {
            boolean isStranger = source > CLIENT_AT_TRANSFER;
            assertEquals(isStranger, error.code().equals(TftpErrorCode.UNKNOWN_TRANSFER_ID), error.toString());
            assertFalse(error.message().contains("/"), error.message());
        } else {
            assertTrue(packet instanceof OptionAck && (source == 0 || source == CLIENT_AT_TRANSFER), packet.toString());
        }
    }
}
