package io.slipway.http.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A socket that says exactly what it is told to, and reads answers by their Content-Length. */
final class RawClient implements AutoCloseable {

    /**
     * An answer as it came.
     *
     * @param headers by lower-case name
     */
    @SuppressWarnings("ArrayRecordComponent") // answers are never compared, only their parts
    record Reply(int status, Map<String, String> headers, byte[] body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    final Socket socket;
    private final InputStream in;

    RawClient(int port) throws IOException {
        this(port, 65_536);
    }

    RawClient(int port, int receiveBuffer) throws IOException {
        this(new Socket(), port, receiveBuffer);
    }

    /** @param socket not yet connected */
    RawClient(Socket socket, int port, int receiveBuffer) throws IOException {
        this.socket = socket;
        socket.setReceiveBufferSize(receiveBuffer);
        socket.setSoTimeout(20_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        in = new BufferedInputStream(socket.getInputStream());
    }

    RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** A GET in HTTP/1.1, with further header lines that each end in CRLF. */
    RawClient get(String target, String headers) throws IOException {
        return send("GET " + target + " HTTP/1.1\r\nHost: test\r\n" + headers + "\r\n");
    }

    Reply get(String target) throws IOException {
        return get(target, "").read();
    }

    Reply read() throws IOException {
        return read(true);
    }

    /** @param hasBody false for the answer to a HEAD */
    Reply read(boolean hasBody) throws IOException {
        String[] status = line().split(" ", 3);
        if (status.length < 2 || !status[0].equals("HTTP/1.1")) {
            throw new IOException("no answer but '" + String.join(" ", status) + "'");
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = hasBody ? Integer.parseInt(headers.getOrDefault("content-length", "0")) : 0;
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new IOException("the connection was closed after " + body.length + " of " + length + " bytes");
        }
        return new Reply(Integer.parseInt(status[1]), headers, body);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the connection was closed after '" + line + "'");
            }
            line.write(c);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    /** Whether the server closes, without another byte. */
    boolean isClosedByServer() throws IOException {
        return in.read() < 0;
    }

    /** Reads whatever comes until the server closes, also when it does so rudely. */
    byte[] readToEnd() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            in.transferTo(all);
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("neither answered nor closed", e);
        } catch (IOException e) {
            return all.toByteArray();
        }
        return all.toByteArray();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
