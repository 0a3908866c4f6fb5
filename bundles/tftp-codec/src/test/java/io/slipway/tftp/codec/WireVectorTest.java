package io.slipway.tftp.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What real clients send, and what broken ones do. */
class WireVectorTest {

    /** Vectors that are written back as they were. */
    static Stream<Arguments> exact() {
        return Stream.of(
                arguments("edk2-size-probe", read("bootx64.efi", Map.of("tsize", "0"))),
                arguments("edk2-abort", new ErrorPacket(TftpErrorCode.OPTION_NEGOTIATION, "User aborted the transfer")),
                arguments("edk2-read", read("bootx64.efi", Map.of("blksize", "1468", "windowsize", "4"))),
                arguments("grub", read("/grub/x86_64-efi/command.lst", Map.of("blksize", "1024", "tsize", "0"))),
                arguments(
                        "pxelinux", read("pxelinux.cfg/01-52-54-00-12-34-56", Map.of("tsize", "0", "blksize", "1408"))),
                arguments("ipxe", read("undionly.kpxe", Map.of("blksize", "1432", "tsize", "0"))),
                arguments("ipxe-abort", new ErrorPacket(TftpErrorCode.NOT_DEFINED, "TFTP Aborted")),
                arguments("tftp-hpa", read("/initrd.gz", Map.of())),
                arguments("tftp-hpa-netascii", new ReadRequest("/initrd.gz", "netascii", Map.of())),
                arguments("atftp", read("/initrd.gz", Map.of("blksize", "1428", "windowsize", "8"))),
                arguments("curl", read("/initrd.gz", Map.of("tsize", "0", "blksize", "512", "timeout", "6"))),
                arguments("busybox", read("initrd.gz", Map.of("blksize", "1428", "tsize", "0"))),
                arguments("write-request", new WriteRequest("/crash.log", "octet", Map.of("tsize", "4096"))),
                arguments("option-ack", new OptionAck(Map.of("tsize", "41943040", "blksize", "512", "timeout", "6"))),
                arguments("data-last", new Data(65535, "end\n".getBytes(StandardCharsets.US_ASCII))),
                arguments("data-empty", new Data(0, new byte[0])));
    }

    /** Vectors that say the same in another form. */
    static Stream<Arguments> tolerated() {
        return Stream.of(
                arguments("mixed-case", read("\\Boot\\x64\\wdsnbp.com", Map.of("blksize", "1456"))),
                arguments("ack-trailing", new Ack(4660)),
                arguments("error-unterminated", new ErrorPacket(new TftpErrorCode(99), "bye")));
    }

    @ParameterizedTest
    @MethodSource("exact")
    void readsAndWritesBack(String vector, TftpPacket expected) throws IOException {
        ByteBuf wire = WireVectors.read(vector);
        TftpPacket packet = TftpDecoder.decode(wire.duplicate());
        ByteBuf written = Unpooled.buffer();
        TftpEncoder.encode(packet, written);
        assertEquals(expected, packet);
        assertEquals(wire, written);
    }

    @ParameterizedTest
    @MethodSource("tolerated")
    void readsWhatIsOdd(String vector, TftpPacket expected) throws IOException {
        ByteBuf wire = WireVectors.read(vector);
        assertEquals(expected, TftpDecoder.decode(wire));
        assertFalse(wire.isReadable());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bad-empty", "bad-odd-nuls", "bad-unterminated-path", "bad-no-mode", "bad-unterminated-mode",
                "bad-option-without-value", "bad-unterminated-value", "bad-nameless-option", "bad-opcode",
                        "bad-short-ack",
                "bad-short-opcode"
            })
    void refusesWhatIsBroken(String vector) throws IOException {
        ByteBuf wire = WireVectors.read(vector);
        assertThrows(DecoderException.class, () -> TftpDecoder.decode(wire));
    }

    /** RFC 2347: a request has at most 512 octets. */
    @Test
    void limitsTheSizeOfARequest() {
        String path = "p".repeat(512 - 2 - 1 - "octet".length() - 1);
        ByteBuf fits = Unpooled.buffer();
        TftpEncoder.encode(read(path, Map.of()), fits);
        ByteBuf tooLong = Unpooled.buffer();
        TftpEncoder.encode(read(path + "p", Map.of()), tooLong);
        assertEquals(512, fits.readableBytes());
        assertEquals(read(path, Map.of()), TftpDecoder.decode(fits));
        assertThrows(DecoderException.class, () -> TftpDecoder.decode(tooLong));
    }

    @Test
    void keepsTheOrderOfOptions() throws IOException {
        ReadRequest request = (ReadRequest) TftpDecoder.decode(WireVectors.read("curl"));
        assertEquals(
                List.of("tsize", "blksize", "timeout"),
                List.copyOf(request.options().keySet()));
    }

    private static ReadRequest read(String path, Map<String, String> options) {
        return new ReadRequest(path, "octet", options);
    }
}
