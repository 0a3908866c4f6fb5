package io.slipway.tftp.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DecoderException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the bytes: a packet or a DecoderException. Seeded, so that a failure comes back. */
class TftpPropertyTest {

    private static final String LETTERS = "abcXYZ019/\\.-_ %äß文😀";

    @Test
    void decodeIsTheInverseOfEncode() {
        Random random = new Random(1350);
        for (int i = 0; i < 5_000; i++) {
            TftpPacket packet = packet(random);
            assertEquals(packet, TftpDecoder.decode(encode(packet)), () -> packet.toString());
        }
    }

    @Test
    void everyTruncationIsAPacketOrRefused() {
        Random random = new Random(2347);
        int refused = 0;
        for (int i = 0; i < 500; i++) {
            ByteBuf wire = encode(packet(random));
            for (int length = 0; length < Math.min(wire.readableBytes(), 600); length++) {
                refused += decodes(wire.slice(0, length)) ? 0 : 1;
            }
        }
        assertTrue(refused > 500, "only " + refused + " were refused");
    }

    /** A request that was cut must never name another file: only a cut between options leaves a request. */
    @Test
    void aCutRequestNeverChangesItsPath() {
        ReadRequest request = new ReadRequest("/images/linux", "octet", Map.of("blksize", "1428"));
        ByteBuf wire = encode(request);
        for (int length = 0; length < wire.readableBytes(); length++) {
            try {
                assertEquals(
                        new ReadRequest("/images/linux", "octet", Map.of()), TftpDecoder.decode(wire.slice(0, length)));
            } catch (DecoderException expected) {
                assertFalse(expected.getMessage().isEmpty());
            }
        }
    }

    @Test
    void randomBytesAreAPacketOrRefused() {
        Random random = new Random(2348);
        int read = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            if (bytes.length > 1 && random.nextInt(4) > 0) {
                bytes[0] = 0;
                bytes[1] = (byte) random.nextInt(8);
            }
            for (int j = 2; j < bytes.length; j++) {
                bytes[j] = random.nextInt(4) == 0 ? 0 : bytes[j];
            }
            read += decodes(Unpooled.wrappedBuffer(bytes)) ? 1 : 0;
        }
        assertTrue(read > 10_000, "only " + read + " were read");
    }

    /** What was read can be written and read again, and is the same. */
    private static boolean decodes(ByteBuf wire) {
        TftpPacket packet;
        try {
            packet = TftpDecoder.decode(wire);
        } catch (DecoderException expected) {
            return false;
        }
        ByteBuf again = encode(packet);
        boolean request = packet instanceof ReadRequest || packet instanceof WriteRequest;
        // A byte that is not UTF-8 becomes three, so a request near the limit may outgrow it.
        if (!request || again.readableBytes() <= TftpDecoder.MAXIMUM_REQUEST) {
            assertEquals(packet, TftpDecoder.decode(again));
        }
        return true;
    }

    private static ByteBuf encode(TftpPacket packet) {
        ByteBuf out = Unpooled.buffer();
        TftpEncoder.encode(packet, out);
        return Unpooled.wrappedBuffer(ByteBufUtil.getBytes(out));
    }

    private static TftpPacket packet(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> new ReadRequest(text(random, 80), text(random, 8), options(random));
            case 1 -> new WriteRequest(text(random, 80), text(random, 8), options(random));
            case 2 -> new Data(random.nextInt(65536), bytes(random));
            case 3 -> new Ack(random.nextInt(65536));
            case 4 -> new ErrorPacket(new TftpErrorCode(random.nextInt(65536)), text(random, 80));
            default -> new OptionAck(options(random));
        };
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(1500)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static Map<String, String> options(Random random) {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            options.put("o" + text(random, 6), text(random, 6));
        }
        return options;
    }

    private static String text(Random random, int limit) {
        return random.ints(random.nextInt(limit), 0, LETTERS.codePointCount(0, LETTERS.length()))
                .map(index -> LETTERS.codePointAt(LETTERS.offsetByCodePoints(0, index)))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
