package io.slipway.dhcp.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds for every message, over seeded random ones. */
class CodecPropertiesTest {

    private static final long SEED = 20261101;

    @Test
    void decodeOfEncodeIsTheMessage() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            DhcpMessage message = message(random);
            ByteBuf bytes = DhcpEncoder.encode(message, UnpooledByteBufAllocator.DEFAULT);
            assertTrue(bytes.readableBytes() >= 300);
            assertEquals(message, DhcpDecoder.decode(bytes), "message " + i);
            bytes.release();
        }
    }

    @Test
    void mutationsAreMessagesOrRefused() throws IOException {
        Random random = new Random(SEED);
        List<WireVector> vectors = WireVector.all("vectors");
        int messages = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = vectors.get(random.nextInt(vectors.size())).bytes().clone();
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                // most mutations go to the options: the header has little to get wrong
                int from = random.nextInt(4) == 0 ? 0 : 236;
                bytes[from + random.nextInt(bytes.length - from)] = (byte) random.nextInt();
            }
            messages += RandomBytes.decodesOrRefuses(bytes) ? 1 : 0;
        }
        assertTrue(messages > 10_000 && messages < 90_000, messages + " of 100000 were messages");
    }

    private static DhcpMessage message(Random random) {
        DhcpMessage.Builder message = DhcpMessage.builder()
                .op(1 + random.nextInt(2))
                .hardware(random.nextInt(256), bytes(random, random.nextInt(17)))
                .hops(random.nextInt(256))
                .xid(random.nextInt())
                .seconds(random.nextInt(65536))
                .flags(random.nextInt(65536))
                .clientAddress(Addresses.of(random.nextInt()))
                .yourAddress(Addresses.of(random.nextInt()))
                .nextServer(Addresses.of(random.nextInt()))
                .relayAddress(Addresses.of(random.nextInt()))
                .serverName(text(random, random.nextInt(64)))
                .bootFile(text(random, random.nextInt(128)));
        for (int i = random.nextInt(12); i > 0; i--) {
            int code = 1 + random.nextInt(254);
            if (code != DhcpOptions.DHCP_OPTION_OVERLOAD.code()) {
                message.bytes(code, bytes(random, random.nextInt(10) == 0 ? random.nextInt(900) : random.nextInt(40)));
            }
        }
        return message.build();
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String text(Random random, int length) {
        return random.ints(length, 1, 256)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
