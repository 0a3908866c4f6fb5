package io.slipway.itests.container;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads files over TFTP in octet mode, without options (RFC 1350). */
final class TftpClient {

    private static final int TIMEOUT_MILLIS = 2000;
    private static final int BLOCK = 512;
    private static final int HEADER = 4;
    private static final short READ = 1;
    private static final short DATA = 3;
    private static final short ACKNOWLEDGEMENT = 4;

    private TftpClient() {}

    /** The file, or empty when the server answers with an error or not at all. */
    static Optional<byte[]> fetch(int port, String path) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            byte[] name = path.getBytes(StandardCharsets.US_ASCII);
            ByteBuffer request = ByteBuffer.allocate(HEADER + name.length + "octet".length());
            request.putShort(READ).put(name).put((byte) 0);
            request.put("octet".getBytes(StandardCharsets.US_ASCII)).put((byte) 0);
            send(socket, request, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return receive(socket);
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> receive(DatagramSocket socket) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        DatagramPacket packet = new DatagramPacket(new byte[HEADER + BLOCK], HEADER + BLOCK);
        short expected = 1;
        do {
            packet.setLength(HEADER + BLOCK);
            socket.receive(packet);
            ByteBuffer data = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
            if (data.getShort() != DATA) {
                return Optional.empty();
            }
            short block = data.getShort();
            ByteBuffer acknowledgement =
                    ByteBuffer.allocate(HEADER).putShort(ACKNOWLEDGEMENT).putShort(block);
            send(socket, acknowledgement, packet.getSocketAddress());
            if (block == expected) {
                content.write(packet.getData(), HEADER, packet.getLength() - HEADER);
                expected++;
            }
        } while (packet.getLength() == HEADER + BLOCK);
        return Optional.of(content.toByteArray());
    }

    private static void send(DatagramSocket socket, ByteBuffer content, SocketAddress to) throws IOException {
        byte[] bytes = new byte[content.flip().remaining()];
        content.get(bytes);
        socket.send(new DatagramPacket(bytes, bytes.length, to));
    }
}
