package io.slipway.dhcp.codec;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DecoderException;

/** The one promise of the decoder about bytes of any kind. */
final class RandomBytes {

    private RandomBytes() {}

    /**
     * Decodes, and reads all that the message offers. Anything but a {@link DecoderException} fails the test.
     *
     * @return whether the bytes are a message
     */
    static boolean decodesOrRefuses(byte[] bytes) {
        ByteBuf buffer = Unpooled.wrappedBuffer(bytes);
        DhcpMessage message;
        try {
            message = DhcpDecoder.decode(buffer);
        } catch (DecoderException e) {
            assertFalse(e.getMessage().isBlank());
            return false;
        }
        assertFalse(message.toString().isBlank());
        for (DhcpOption<?> option : DhcpOptions.all()) {
            readOrRefuse(message, option);
        }
        return true;
    }

    private static void readOrRefuse(DhcpMessage message, DhcpOption<?> option) {
        try {
            message.asksFor(option);
            message.option(option);
        } catch (DecoderException e) {
            assertFalse(e.getMessage().isBlank());
        }
    }
}
