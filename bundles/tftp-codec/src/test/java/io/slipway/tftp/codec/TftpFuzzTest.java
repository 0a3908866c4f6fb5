package io.slipway.tftp.codec;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DecoderException;
import org.junit.jupiter.api.Assertions;

/**
 * In a plain build each input under {@code TftpFuzzTestInputs} runs once; with {@code JAZZER_FUZZ=1} the fuzzer looks
 * for more.
 */
class TftpFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void anyBytes(byte[] bytes) {
        TftpPacket packet;
        try {
            packet = TftpDecoder.decode(Unpooled.wrappedBuffer(bytes));
        } catch (DecoderException refused) {
            return;
        }
        ByteBuf out = Unpooled.buffer();
        TftpEncoder.encode(packet, out);
        if (out.readableBytes() <= TftpDecoder.MAXIMUM_REQUEST) {
            Assertions.assertEquals(packet, TftpDecoder.decode(out));
        }
    }
}
