package io.slipway.tftp.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.slipway.tftp.codec.Ack;
import io.slipway.tftp.codec.Data;
import io.slipway.tftp.codec.ErrorPacket;
import io.slipway.tftp.codec.OptionAck;
import io.slipway.tftp.codec.ReadRequest;
import io.slipway.tftp.codec.TftpDecoder;
import io.slipway.tftp.codec.TftpEncoder;
import io.slipway.tftp.codec.TftpPacket;
import io.slipway.tftp.codec.WriteRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A TFTP client that does what a test tells it, right or wrong. */
final class TestClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final DatagramSocket socket;
    private final InetSocketAddress door;
    private final DatagramPacket incoming = new DatagramPacket(new byte[65_536], 65_536);
    private final Mischief mischief;
    /** The server's end of the transfer, once it has answered. */
    private InetSocketAddress server;
    /** Of the packets that have come, in bytes. */
    private int longest;

    TestClient(InetSocketAddress door) throws IOException {
        this(door, Mischief.NONE);
    }

    TestClient(InetSocketAddress door, Mischief mischief) throws IOException {
        this.door = door;
        this.server = door;
        this.mischief = mischief;
        this.socket = new DatagramSocket(0, door.getAddress());
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    InetSocketAddress server() {
        return server;
    }

    int longest() {
        return longest;
    }

    InetSocketAddress local() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    static ReadRequest request(String path, String... options) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            map.put(options[i], options[i + 1]);
        }
        return new ReadRequest(path, "octet", map);
    }

    static WriteRequest writing(String path, String... options) {
        return new WriteRequest(path, "octet", request(path, options).options());
    }

    /** Sends a whole file in blocks of a size, with an ACK after each window, and awaits the last ACK. */
    void write(WriteRequest request, byte[] content) throws IOException {
        int blockSize = 512;
        int windowSize = 1;
        TftpPacket first = answerTo(request);
        if (first instanceof OptionAck ack) {
            blockSize = Integer.parseInt(ack.options().getOrDefault("blksize", "512"));
            windowSize = Integer.parseInt(ack.options().getOrDefault("windowsize", "1"));
        } else if (!first.equals(new Ack(0))) {
            throw new IOException("the server said " + first);
        }
        int blocks = content.length / blockSize + 1;
        for (int block = 1; block <= blocks; block++) {
            send(block(content, block, blockSize));
            if (block % windowSize == 0 || block == blocks) {
                TftpPacket answer = receive();
                if (!answer.equals(new Ack(block & 0xffff))) {
                    throw new IOException("the server said " + answer + " to block " + block);
                }
            }
        }
    }

    static Data block(byte[] content, int block, int blockSize) {
        int from = (block - 1) * blockSize;
        return new Data(block & 0xffff, Arrays.copyOfRange(content, from, Math.min(content.length, from + blockSize)));
    }

    void ask(TftpPacket packet) throws IOException {
        sendTo(packet, door);
    }

    /** Asks, and gives the first answer. */
    TftpPacket answerTo(TftpPacket packet) throws IOException {
        ask(packet);
        return receive();
    }

    void send(TftpPacket packet) throws IOException {
        sendTo(packet, server);
    }

    void sendTo(TftpPacket packet, InetSocketAddress to) throws IOException {
        ByteBuf out = Unpooled.buffer();
        TftpEncoder.encode(packet, out);
        sendRaw(ByteBufUtil.getBytes(out), to);
    }

    void sendRaw(byte[] bytes, InetSocketAddress to) throws IOException {
        socket.send(new DatagramPacket(bytes, bytes.length, to));
    }

    TftpPacket receive() throws IOException {
        incoming.setLength(incoming.getData().length);
        socket.receive(incoming);
        longest = Math.max(longest, incoming.getLength());
        server = (InetSocketAddress) incoming.getSocketAddress();
        return TftpDecoder.decode(Unpooled.wrappedBuffer(incoming.getData(), 0, incoming.getLength()));
    }

    /** Whether nothing comes for a while. */
    boolean hearsNothing(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            receive();
            return false;
        } catch (SocketTimeoutException expected) {
            return true;
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    /** Reads a whole file, in the window that was agreed on, with the mischief that was ordered. */
    byte[] read(ReadRequest request) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        int blockSize = 512;
        int windowSize = 1;
        int expected = 1;
        int unacknowledged = 0;
        boolean isGapTold = false;
        TftpPacket packet = answerTo(request);
        while (true) {
            if (packet instanceof ErrorPacket error) {
                throw new IOException("the server said " + error);
            }
            if (packet instanceof OptionAck ack) {
                blockSize = Integer.parseInt(ack.options().getOrDefault("blksize", "512"));
                windowSize = Integer.parseInt(ack.options().getOrDefault("windowsize", "1"));
                mischief.acknowledge(0, this);
            } else if (packet instanceof Data data && !mischief.loses()) {
                byte[] payload = data.payload();
                boolean isLast = payload.length < blockSize;
                if (data.block() == expected) {
                    content.write(payload);
                    expected = expected + 1 & 0xffff;
                    isGapTold = false;
                    if (++unacknowledged == windowSize || isLast) {
                        unacknowledged = 0;
                        mischief.acknowledge(data.block(), this);
                    }
                } else if (!isGapTold) {
                    // RFC 7440 section 4: the last block before the gap; with a window of one, a block that comes
                    // again.
                    isGapTold = windowSize > 1;
                    unacknowledged = 0;
                    mischief.acknowledge(expected - 1 & 0xffff, this);
                }
                if (isLast && data.block() == (expected - 1 & 0xffff)) {
                    return content.toByteArray();
                }
            }
            packet = windowSize == 1 ? receive() : receiveOrTell(expected - 1 & 0xffff);
        }
    }

    /** A client whose window does not fill tells how far it is, or both would wait for ever (RFC 7440 section 4). */
    private TftpPacket receiveOrTell(int block) throws IOException {
        socket.setSoTimeout(100);
        try {
            for (int i = 0; i < PATIENCE_MILLIS / 100; i++) {
                try {
                    return receive();
                } catch (SocketTimeoutException e) {
                    mischief.acknowledge(block, this);
                }
            }
            return receive();
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    void acknowledge(int block) throws IOException {
        send(new Ack(block));
    }

    @Override
    public void close() {
        socket.close();
    }
}
