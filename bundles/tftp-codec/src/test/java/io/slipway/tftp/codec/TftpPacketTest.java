package io.slipway.tftp.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TftpPacketTest {

    @Test
    void errorCodesAreOpen() {
        assertEquals(TftpErrorCode.FILE_NOT_FOUND, new TftpErrorCode(1));
        assertEquals("file not found (1)", TftpErrorCode.FILE_NOT_FOUND.toString());
        assertEquals("error 4711", new TftpErrorCode(4711).toString());
        assertThrows(IllegalArgumentException.class, () -> new TftpErrorCode(65536));
        assertThrows(IllegalArgumentException.class, () -> new TftpErrorCode(-1));
    }

    @Test
    void refusesWhatCannotBeWritten() {
        assertThrows(IllegalArgumentException.class, () -> new ReadRequest("a\0b", "octet", Map.of()));
        assertThrows(IllegalArgumentException.class, () -> new WriteRequest("a", "oc\0tet", Map.of()));
        assertThrows(IllegalArgumentException.class, () -> new OptionAck(Map.of("", "1")));
        assertThrows(IllegalArgumentException.class, () -> new OptionAck(Map.of("tsize", "1\0")));
        assertThrows(IllegalArgumentException.class, () -> new ErrorPacket(TftpErrorCode.NOT_DEFINED, "\0"));
        assertThrows(IllegalArgumentException.class, () -> new Ack(65536));
        assertThrows(IllegalArgumentException.class, () -> new Data(1, new byte[Data.MAXIMUM_PAYLOAD + 1]));
    }

    @Test
    void namesAreInLowerCaseAndTheFirstCounts() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("TSize", "1");
        options.put("tsize", "2");
        assertEquals(Map.of("tsize", "1"), new OptionAck(options).options());
        assertEquals("octet", new ReadRequest("a", "OcTeT", Map.of()).mode());
    }

    @Test
    void valuesAreCopied() {
        byte[] payload = {1, 2, 3};
        Data data = new Data(1, payload);
        payload[0] = 9;
        data.payload()[1] = 9;
        Map<String, String> options = new HashMap<>(Map.of("tsize", "0"));
        OptionAck ack = new OptionAck(options);
        options.clear();
        assertArrayEquals(new byte[] {1, 2, 3}, data.payload());
        assertEquals(Map.of("tsize", "0"), ack.options());
        assertThrows(UnsupportedOperationException.class, () -> ack.options().clear());
    }

    @Test
    void dataIsEqualByContent() {
        assertEquals(new Data(7, new byte[] {1}), new Data(7, new byte[] {1}));
        assertEquals(new Data(7, new byte[] {1}).hashCode(), new Data(7, new byte[] {1}).hashCode());
        assertNotEquals(new Data(7, new byte[] {1}), new Data(7, new byte[] {2}));
        assertNotEquals(new Data(7, new byte[] {1}), new Data(8, new byte[] {1}));
    }

    @Test
    void theBlockNumberWrapsToZero() {
        ByteBuf out = Unpooled.buffer();
        TftpEncoder.dataHeader(65535, out);
        TftpEncoder.dataHeader(65536, out);
        TftpEncoder.dataHeader(65537, out);
        assertEquals(Unpooled.wrappedBuffer(new byte[] {0, 3, -1, -1, 0, 3, 0, 0, 0, 3, 0, 1}), out);
    }
}
