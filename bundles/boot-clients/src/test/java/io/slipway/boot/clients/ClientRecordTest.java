package io.slipway.boot.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.BootClient;
import io.slipway.boot.FirmwareArchitecture;
import io.slipway.boot.MacAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ClientRecordTest {

    private static final Instant TIME = Instant.ofEpochMilli(1_790_000_000_123L);
    private static final MacAddress MAC = MacAddress.parse("52:54:00:12:34:56");

    private static ClientRecord full() throws Exception {
        BootClient client = BootClient.builder(MAC)
                .architecture(FirmwareArchitecture.UEFI_X64_HTTP)
                .uuid(new UUID(1, 2))
                .address(InetAddress.getByName("2001:db8::1"))
                .userClass("iPXE\0\u00fc")
                .vendorClass("HTTPClient:Arch:00016")
                .features(Set.of("http", "menu"))
                .link("eth0.100")
                .label("role", "web")
                .build();
        return new ClientRecord(client, TIME);
    }

    @Test
    void goesThereAndBack() throws Exception {
        assertEquals(full(), ClientRecord.decode(full().encode()));
        ClientRecord bare = new ClientRecord(BootClient.builder(MAC).build(), TIME);
        assertEquals(bare, ClientRecord.decode(bare.encode()));
        assertEquals("boot/client/52-54-00-12-34-56", ClientRecord.key(MAC).path());
    }

    @Test
    void aRecordOfTheFirstVersionIsStillRead() throws Exception {
        byte[] first = HexFormat.of()
                .parseHex("01 000001a0c4506c7b 0000525400123456 0000 00 0004 65746830 00".replace(" ", "")
                        + "01000469505845 00 04 c0000264 0001 0004 726f6c65 0003 776562".replace(" ", ""));
        BootClient client = BootClient.builder(MAC)
                .userClass("iPXE")
                .address(InetAddress.getByName("192.0.2.100"))
                .link("eth0")
                .label("role", "web")
                .build();
        assertEquals(new ClientRecord(client, TIME), ClientRecord.decode(first));
        assertEquals(Set.of(), ClientRecord.decode(first).client().features());
    }

    @Test
    void anotherVersionIsRefused() throws Exception {
        for (byte version : new byte[] {0, 3}) {
            byte[] bytes = full().encode();
            bytes[0] = version;
            String message = assertThrows(IOException.class, () -> ClientRecord.decode(bytes))
                    .getMessage();
            assertTrue(message.contains("version " + version), message);
        }
    }

    @Test
    void brokenBytesAreRefusedAndNothingElse() throws Exception {
        byte[] whole = full().encode();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(IOException.class, () -> ClientRecord.decode(cut), "cut to " + length);
        }
        Random random = new Random(9);
        int readable = 0;
        for (int i = 0; i < 5000; i++) {
            byte[] bytes = whole.clone();
            bytes[1 + random.nextInt(bytes.length - 1)] = (byte) random.nextInt();
            try {
                ClientRecord.decode(bytes);
                readable++;
            } catch (IOException e) {
                assertTrue(e.getMessage() == null || !e.getMessage().isEmpty());
            }
        }
        assertTrue(readable > 0 && readable < 5000, "readable: " + readable);
    }
}
