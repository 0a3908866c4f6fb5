package io.slipway.http.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.slipway.http.server.tls.TestEncryption;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Says exactly the frames that it is told to (RFC 9113). */
final class RawHttp2 implements AutoCloseable {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RESET = 3;
    static final int SETTINGS = 4;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;

    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;

    /** @param payload without padding or priority */
    @SuppressWarnings("ArrayRecordComponent") // frames are never compared
    record Frame(int type, int flags, int stream, byte[] payload) {

        /** Of RST_STREAM at 0, of GOAWAY at 4. */
        int number(int at) {
            return ByteBuffer.wrap(payload).getInt(at);
        }
    }

    private final SSLSocket socket;
    private final DataInputStream in;

    RawHttp2(SSLContext known, int port, byte[] settings) throws IOException {
        socket = TestEncryption.socket(known, "TLSv1.3");
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(20_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
        in = new DataInputStream(socket.getInputStream());
        send(SETTINGS, 0, 0, settings);
    }

    /** SETTINGS_INITIAL_WINDOW_SIZE. */
    static byte[] window(int bytes) {
        return ByteBuffer.allocate(6).putShort((short) 4).putInt(bytes).array();
    }

    static byte[] number(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    void send(int type, int flags, int stream, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.put((byte) (payload.length >> 16)).putShort((short) payload.length);
        frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
        socket.getOutputStream().write(frame.array());
    }

    /** With fields of the static table (RFC 7541 appendix A): :scheme https, :path, :authority, and the method's. */
    static byte[] fields(int method, String path) {
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        fields.write(0x80 | method);
        fields.write(0x87);
        fields.write(0x04);
        fields.write(path.length());
        fields.writeBytes(path.getBytes(US_ASCII));
        fields.writeBytes(new byte[] {0x01, 1, 'x'});
        return fields.toByteArray();
    }

    void get(int stream, String path) throws IOException {
        send(HEADERS, END_STREAM | END_HEADERS, stream, fields(2, path));
    }

    Frame read() throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        return new Frame(type, flags, stream, in.readNBytes(length));
    }

    /** The next frame of one type, without those before it. */
    Frame await(int type) throws IOException {
        Frame frame = read();
        while (frame.type() != type) {
            frame = read();
        }
        return frame;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
