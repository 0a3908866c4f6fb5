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
import java.util.Random;
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
    void anotherVersionIsRefused() throws Exception {
        byte[] bytes = full().encode();
        bytes[0] = 2;
        String message = assertThrows(IOException.class, () -> ClientRecord.decode(bytes)).getMessage();
        assertTrue(message.contains("version 2"), message);
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
