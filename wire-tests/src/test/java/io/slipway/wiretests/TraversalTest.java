package io.slipway.wiretests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.slipway.tftp.codec.Data;
import io.slipway.tftp.codec.TftpDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that lead out of what is served reach nothing, whoever writes them and however; odd names of what is do. */
class TraversalTest {

    private static ServedTree tree;
    private static TftpWire tftp;
    private static HttpWire http;

    @BeforeAll
    static void serve(@TempDir Path folder) throws Exception {
        tree = new ServedTree(folder);
        tftp = new TftpWire(tree);
        http = new HttpWire(tree);
        ServerFaults.listen();
    }

    static Stream<String> attempts() throws IOException {
        return lines("attempts.txt");
    }

    static Stream<String> oddities() throws IOException {
        return lines("oddities.txt");
    }

    private static Stream<String> lines(String file) throws IOException {
        try (InputStream in = TraversalTest.class.getResourceAsStream("/traversal/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines().filter(line -> !line.startsWith("#")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("attempts")
    void byTftp(String attempt) {
        AnyDatagrams.areAnsweredOrDropped(tftp, tree, fuzzed(request(bytes(attempt))));
    }

    @ParameterizedTest
    @MethodSource("attempts")
    void byHttp(String attempt) {
        byte[] name = bytes(attempt);
        for (byte[] target : List.of(name, rooted(name), escaped(name), escaped(escaped(name)))) {
            for (HttpAnswers.Answer answer : get(target).all()) {
                assertTrue(answer.status() >= 400 || answer.body().equals(ServedTree.KERNEL), answer.toString());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("oddities")
    void whatIsServedIsServed(String oddity) {
        byte[] name = bytes(oddity);
        List<TftpWire.Sent> sent = tftp.atDoor(request(name), TftpWire.CLIENT);
        tftp.reset();
        assertEquals(1, sent.size());
        Data first =
                (Data) TftpDecoder.decode(Unpooled.wrappedBuffer(sent.get(0).bytes()));
        assertEquals(ServedTree.KERNEL.substring(0, 512), new String(first.payload(), StandardCharsets.US_ASCII));
        HttpAnswers answers = get(escaped(name));
        assertEquals(200, answers.all().get(0).status());
        assertEquals(ServedTree.KERNEL, answers.all().get(0).body());
    }

    /** What the links lead to is what must not be reached: the tests above can fail. */
    @ParameterizedTest
    @ValueSource(strings = {"out", "up/secret", "boot/root/secret", "../tftp-old/secret"})
    void theSecretIsThere(String path) throws Exception {
        assertEquals(ServedTree.OUTSIDE, Files.readString(tree.folder().resolve(path)));
    }

    private static HttpAnswers get(byte[] target) {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(0);
        request.writeBytes("GET ".getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(target);
        request.writeBytes(" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return AnyStream.isAnsweredOrClosed(http, tree, request.toByteArray());
    }

    private static byte[] request(byte[] name) {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(new byte[] {0, 1});
        request.writeBytes(name);
        request.writeBytes("\0octet\0".getBytes(StandardCharsets.US_ASCII));
        return request.toByteArray();
    }

    /** As {@link AnyDatagrams} takes it: one datagram from the client. */
    private static byte[] fuzzed(byte[] datagram) {
        return ByteBuffer.allocate(3 + datagram.length)
                .put((byte) 0)
                .putShort((short) datagram.length)
                .put(datagram)
                .array();
    }

    private static byte[] rooted(byte[] name) {
        return ByteBuffer.allocate(1 + name.length).put((byte) '/').put(name).array();
    }

    private static byte[] escaped(byte[] name) {
        HexFormat hex = HexFormat.of().withPrefix("%");
        return ("/" + hex.formatHex(name)).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(String line) {
        String text = line.replace("{SECRET}", tree.secret().toString());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '{') {
                bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 3;
            } else {
                bytes.write(text.charAt(i));
            }
        }
        return bytes.toByteArray();
    }
}
