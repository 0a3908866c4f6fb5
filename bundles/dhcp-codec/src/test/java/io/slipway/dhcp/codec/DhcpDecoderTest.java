package io.slipway.dhcp.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DhcpDecoderTest {

    @Test
    void oneValueOverThreeFields() {
        DhcpMessage message = WireVector.of("overload-file-and-sname").decode();
        assertEquals(Optional.of("pxe.lab.lan"), message.option(DhcpOptions.DOMAIN_NAME));
        assertEquals("", message.serverName());
        assertEquals("", message.bootFile());
        assertEquals(Optional.empty(), message.option(DhcpOptions.DHCP_OPTION_OVERLOAD));
    }

    @Test
    void overloadedFileKeepsServerName() {
        DhcpMessage message = WireVector.of("overload-file-without-end").decode();
        assertEquals(Optional.of("node"), message.option(DhcpOptions.HOST_NAME));
        assertEquals("boot.lab", message.serverName());
    }

    @Test
    void joinsPartsOfOneOption() {
        DhcpMessage message = WireVector.of("option-in-two-parts").decode();
        assertArrayEquals(
                new byte[] {1, 2, 3, 4, (byte) 255},
                message.option(DhcpOptions.VENDOR_ENCAPSULATED_OPTIONS).get());
    }

    @Test
    void toleratesMissingEnd() {
        DhcpMessage message = WireVector.of("rom-without-end").decode();
        assertEquals(Optional.of("PXEClient"), message.option(DhcpOptions.VENDOR_CLASS_IDENTIFIER));
    }

    @Test
    void ignoresWhatFollowsEnd() {
        DhcpMessage message = WireVector.of("garbage-after-end").decode();
        assertEquals(Optional.of(DhcpMessageType.DISCOVER), message.type());
        assertEquals(Optional.empty(), message.option(DhcpOptions.HOST_NAME));
    }

    @Test
    void readsBootp() {
        DhcpMessage message = WireVector.of("no-options").decode();
        assertEquals(Optional.empty(), message.type());
        assertEquals("pxelinux.0", message.bootFile());
    }

    @Test
    void cutsFieldsWithoutNul() {
        DhcpMessage message = WireVector.of("sname-and-file-without-nul").decode();
        assertEquals("s".repeat(63), message.serverName());
        assertEquals("f".repeat(127), message.bootFile());
    }

    @Test
    void trimsNulOfStrings() {
        DhcpMessage message = WireVector.of("strings-with-nul").decode();
        assertEquals(Optional.of("pxelinux.0"), message.option(DhcpOptions.BOOT_FILE_NAME));
        assertEquals(11, message.bytes(67).get().length);
    }

    @Test
    void startsAtTheReaderIndexAndLeavesIt() {
        byte[] discover = WireVector.of("udhcpc-discover").bytes();
        ByteBuf bytes = Unpooled.wrappedBuffer(new byte[] {9, 9, 9}, discover).readerIndex(3);
        assertEquals(WireVector.of("udhcpc-discover").decode(), DhcpDecoder.decode(bytes));
        assertEquals(3, bytes.readerIndex());
        assertEquals(1, bytes.refCnt());
    }

    @ParameterizedTest
    @CsvSource({
        "no-cookie, magic cookie 0x0",
        "wrong-cookie, magic cookie 0x63825362",
        "hlen-20, hlen 20",
        "op-3, op 3",
        "option-overruns, option 12 in options says 8 bytes; there are 4",
        "option-without-length, option 12 in options has no length",
        "option-overruns-file, option 12 in file says 2 bytes; there are 1",
        "overload-4, option 52",
        "overload-twice, option 52",
        "truncated-header, expected at least 240"
    })
    void refuses(String vector, String reason) {
        WireVector malformed = WireVector.of("malformed/" + vector);
        DecoderException e = assertThrows(DecoderException.class, malformed::decode);
        assertTrue(e.getMessage().contains(reason), e.getMessage());
    }

    @Test
    void everyMalformedVectorIsNamedAbove() throws IOException {
        assertEquals(10, WireVector.all("vectors/malformed").size());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void everyTruncationIsMessageOrDecoderException(WireVector vector) {
        for (int length = 0; length < vector.bytes().length; length++) {
            byte[] cut = Arrays.copyOf(vector.bytes(), length);
            if (length < 240) {
                assertThrows(DecoderException.class, () -> DhcpDecoder.decode(Unpooled.wrappedBuffer(cut)));
            } else {
                RandomBytes.decodesOrRefuses(cut);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void everyVectorSurvivesEncoding(WireVector vector) {
        DhcpMessage message = vector.decode();
        ByteBuf written = DhcpEncoder.encode(message, UnpooledByteBufAllocator.DEFAULT);
        assertEquals(message, DhcpDecoder.decode(written));
        written.release();
    }

    static List<WireVector> vectors() throws IOException {
        return WireVector.all("vectors");
    }
}
