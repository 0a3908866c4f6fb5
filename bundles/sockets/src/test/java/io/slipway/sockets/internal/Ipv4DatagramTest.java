package io.slipway.sockets.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/**
 * Against what Linux 6 wrote into a tun device for the same datagrams, but for the identification: the kernel counts
 * there, which takes as much from the checksum.
 */
class Ipv4DatagramTest {

    private static final Inet4Address SERVER = address("192.0.2.1");
    private static final Inet4Address CLIENT = address("192.0.2.100");

    @Test
    void oddLength() {
        assertEquals(
                // version, length, DF; TTL, UDP, checksum; addresses; ports, length, checksum; content
                "45000023" + "00004000" + "4011b664" + "c0000201" + "c0000264" + "00430044" + "000fada4"
                        + "736c6970776179",
                hex(ascii("slipway")));
    }

    @Test
    void evenLength() {
        assertEquals(
                "45000024" + "00004000" + "4011b663" + "c0000201" + "c0000264" + "00430044" + "0010ad2f"
                        + "736c697077617973",
                hex(ascii("slipways")));
    }

    @Test
    void aSumWithCarries() {
        assertEquals(
                "4500001e" + "00004000" + "4011b669" + "c0000201" + "c0000264" + "00430044" + "000a7aed" + "ffff",
                hex(Unpooled.wrappedBuffer(new byte[] {-1, -1})));
    }

    @Test
    void aChecksumOfZeroIsSentAsAllOnes() {
        // what the checksum of two zeros is makes it zero
        String udp = hex(Unpooled.wrappedBuffer(new byte[] {0x7a, (byte) 0xed})).substring(40);
        assertEquals("00430044" + "000affff" + "7aed", udp);
    }

    @Test
    void theBufferStaysAsItIs() {
        ByteBuf content = ascii("--slipway").skipBytes(2);
        assertEquals(hex(ascii("slipway")), hex(content));
        assertEquals(7, content.readableBytes());
        assertEquals(35, Ipv4Datagram.length(content));
    }

    private static String hex(ByteBuf content) {
        return HexFormat.of().formatHex(Ipv4Datagram.of(content, SERVER, 67, CLIENT, 68));
    }

    private static ByteBuf ascii(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    private static Inet4Address address(String text) {
        return (Inet4Address) NetUtil.createInetAddressFromIpAddressString(text);
    }
}
