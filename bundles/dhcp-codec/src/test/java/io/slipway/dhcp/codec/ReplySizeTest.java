package io.slipway.dhcp.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplySizeTest {

    private static DhcpMessage.Builder request() {
        return DhcpMessage.builder().type(DhcpMessageType.DISCOVER).bytes(55, new byte[] {(byte) 224, 15, 12});
    }

    /** 53, 54, 51, mask, a boot file of 100 bytes, three of 200, one that is long (RFC 3396), 82. */
    private static DhcpMessage reply() {
        return DhcpMessage.builder()
                .type(DhcpMessageType.OFFER)
                .bytes(54, new byte[4])
                .bytes(51, new byte[4])
                .bytes(1, new byte[4])
                .bytes(67, new byte[100])
                .bytes(12, new byte[200])
                .bytes(15, new byte[100])
                .bytes(224, new byte[10])
                .bytes(121, new byte[600])
                .bytes(82, new byte[200])
                .build();
    }

    private static int written(DhcpMessage message) {
        ByteBuf bytes = DhcpEncoder.encode(message, UnpooledByteBufAllocator.DEFAULT);
        try {
            return bytes.readableBytes();
        } finally {
            bytes.release();
        }
    }

    @ParameterizedTest
    @CsvSource({"0,548", "300,548", "576,548", "577,549", "1260,1232", "1500,1472", "65535,1472"})
    void option57CountsTheHeadersAndHasALeastValue(int said, int most) {
        assertEquals(
                most,
                ReplySize.most(request()
                        .option(DhcpOptions.DHCP_MAX_MESSAGE_SIZE, said)
                        .build()));
    }

    @Test
    void withoutItTheProtocolsLeastHolds() {
        assertEquals(548, ReplySize.most(request().build()));
        assertEquals(
                300,
                ReplySize.most(request().remove(DhcpOptions.DHCP_MESSAGE_TYPE).build()));
    }

    @Test
    void whatFitsStays() {
        DhcpMessage request =
                request().option(DhcpOptions.DHCP_MAX_MESSAGE_SIZE, 1400).build();
        DhcpMessage reply = reply();
        assertSame(reply, ReplySize.fit(reply, request));
    }

    private static Set<Integer> codes(DhcpMessage message) {
        Set<Integer> codes = new HashSet<>();
        message.options().forEach((code, value) -> codes.add(code));
        return codes;
    }

    @Test
    void theLeastImportantIsLeftOut() {
        DhcpMessage fitted = ReplySize.fit(reply(), request().build());
        assertEquals(Set.of(53, 54, 51, 1, 67, 224, 15, 82), codes(fitted));
        assertTrue(written(fitted.toBuilder().remove(82).build()) <= 548);
        DhcpMessage bootp = ReplySize.fit(
                reply(), DhcpMessage.builder().bytes(55, new byte[] {15}).build());
        assertEquals(Set.of(53, 54, 51, 1, 224, 82), codes(bootp));
        assertEquals(300, written(bootp.toBuilder().remove(82).build()));
    }

    @Test
    void theHeadersOfLongOptionsCount() {
        DhcpMessage reply = reply().toBuilder().remove(12).remove(15).build();
        // 240 fixed, END, 53 (3), 54 (6), 51 (6), 1 (6), 67 (102), 224 (12), 121 (600 and 3 headers)
        int size = 241 + 3 + 6 + 6 + 6 + 102 + 12 + 606;
        DhcpMessage exact =
                request().option(DhcpOptions.DHCP_MAX_MESSAGE_SIZE, size + 28).build();
        assertSame(reply, ReplySize.fit(reply, exact));
        assertEquals(size, written(reply.toBuilder().remove(82).build()));
        DhcpMessage less =
                request().option(DhcpOptions.DHCP_MAX_MESSAGE_SIZE, size + 27).build();
        assertTrue(ReplySize.fit(reply, less).bytes(121).isEmpty());
    }
}
