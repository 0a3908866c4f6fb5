package io.slipway.dhcp.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DhcpEncoderTest {

    private static final byte[] MAC = {0x52, 0x54, 0, 0x12, 0x34, 0x56};

    @Test
    void writesOfferByteForByte() {
        DhcpMessage offer = DhcpMessage.builder()
                .op(DhcpMessage.BOOTREPLY)
                .hardware(DhcpMessage.ETHERNET, MAC)
                .xid(1)
                .flags(0x8000)
                .yourAddress(Addresses.parse("192.0.2.100"))
                .nextServer(Addresses.parse("192.0.2.1"))
                .relayAddress(Addresses.parse("198.51.100.1"))
                .serverName("boot")
                .bootFile("pxelinux.0")
                .bytes(82, new byte[] {1, 4, 'e', 't', 'h', '1'})
                .option(DhcpOptions.VENDOR_CLASS_IDENTIFIER, "PXEClient")
                .option(DhcpOptions.ROUTERS, List.of(Addresses.parse("192.0.2.1")))
                .option(DhcpOptions.SUBNET_MASK, Addresses.parse("255.255.255.0"))
                .option(DhcpOptions.DHCP_LEASE_TIME, Duration.ofHours(1))
                .option(DhcpOptions.DHCP_SERVER_IDENTIFIER, Addresses.parse("192.0.2.1"))
                .type(DhcpMessageType.OFFER)
                .build();
        assertEquals(
                ByteBufUtil.prettyHexDump(WireVector.of("offer-written").buffer()),
                ByteBufUtil.prettyHexDump(Unpooled.wrappedBuffer(encode(offer))));
    }

    @Test
    void splitsLongValues() {
        byte[] value = new byte[600];
        for (int i = 0; i < value.length; i++) {
            value[i] = (byte) i;
        }
        byte[] written = encode(DhcpMessage.builder().bytes(43, value).build());
        assertEquals(240 + 600 + 3 * 2 + 1, written.length);
        assertArrayEquals(new byte[] {43, (byte) 255, 0, 1}, Arrays.copyOfRange(written, 240, 244));
        assertArrayEquals(new byte[] {43, (byte) 255, (byte) 255, 0}, Arrays.copyOfRange(written, 497, 501));
        assertArrayEquals(new byte[] {43, 90}, Arrays.copyOfRange(written, 754, 756));
    }

    @Test
    void valueOf255BytesIsOneOption() {
        assertEquals(
                240 + 257 + 1,
                encode(DhcpMessage.builder().bytes(43, new byte[255]).build()).length);
    }

    @Test
    void writesEmptyOption() {
        byte[] written = encode(DhcpMessage.builder().bytes(80, new byte[0]).build());
        assertArrayEquals(new byte[] {80, 0, (byte) 255}, Arrays.copyOfRange(written, 240, 243));
    }

    @Test
    void padsTo300Bytes() {
        assertEquals(300, encode(DhcpMessage.builder().build()).length);
    }

    @Test
    void leavesOverloadOut() {
        byte[] written = encode(DhcpMessage.builder()
                .option(DhcpOptions.DHCP_OPTION_OVERLOAD, 3)
                .bootFile("f")
                .build());
        assertEquals((byte) 255, written[240]);
    }

    @Test
    void longNamesFillTheirFields() {
        DhcpMessage message = DhcpMessage.builder()
                .serverName("s".repeat(63))
                .bootFile("f".repeat(127))
                .build();
        byte[] written = encode(message);
        assertEquals("s".repeat(63) + "\0", new String(written, 44, 64, StandardCharsets.ISO_8859_1));
        assertEquals("f".repeat(127) + "\0", new String(written, 108, 128, StandardCharsets.ISO_8859_1));
    }

    @Test
    void builderRefusesWhatHasNoPlaceOnTheWire() {
        DhcpMessage.Builder builder = DhcpMessage.builder();
        assertThrows(IllegalArgumentException.class, () -> builder.bootFile("f".repeat(128)));
        assertThrows(IllegalArgumentException.class, () -> builder.serverName("a\0b"));
        assertThrows(IllegalArgumentException.class, () -> builder.bootFile("\u20ac"));
        assertThrows(IllegalArgumentException.class, () -> builder.bytes(0, MAC));
        assertThrows(IllegalArgumentException.class, () -> builder.bytes(255, MAC));
        assertThrows(IllegalArgumentException.class, () -> builder.hardware(1, new byte[17]));
    }

    private static byte[] encode(DhcpMessage message) {
        ByteBuf buffer = DhcpEncoder.encode(message, UnpooledByteBufAllocator.DEFAULT);
        byte[] bytes = ByteBufUtil.getBytes(buffer);
        buffer.release();
        return bytes;
    }
}
