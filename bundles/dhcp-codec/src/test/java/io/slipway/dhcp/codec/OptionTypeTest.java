package io.slipway.dhcp.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.DecoderException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OptionTypeTest {

    @Test
    void numbersHaveTheirLength() {
        assertArrayEquals(
                new byte[] {0x05, (byte) 0xdc}, OptionType.UINT16.encode().apply(1500));
        assertEquals(0xffff_ffffL, OptionType.UINT32.decode().apply(new byte[] {-1, -1, -1, -1}));
        assertThrows(DecoderException.class, () -> OptionType.UINT16.decode().apply(new byte[3]));
        assertThrows(
                IllegalArgumentException.class, () -> OptionType.UINT8.encode().apply(256));
    }

    @Test
    void durationsOverTheTopAreInfinity() {
        assertArrayEquals(
                new byte[] {-1, -1, -1, -1}, OptionType.SECONDS.encode().apply(Duration.ofDays(365_000)));
    }

    @Test
    void addressesComeInFours() {
        assertEquals(
                List.of(Addresses.parse("192.0.2.1"), Addresses.parse("192.0.2.2")),
                OptionType.ADDRESSES.decode().apply(new byte[] {(byte) 192, 0, 2, 1, (byte) 192, 0, 2, 2}));
        assertThrows(DecoderException.class, () -> OptionType.ADDRESSES.decode().apply(new byte[5]));
        assertThrows(DecoderException.class, () -> OptionType.ADDRESSES.decode().apply(new byte[0]));
    }

    @Test
    void addressTextIsStrict() {
        assertEquals(Addresses.of(0xc0000201), Addresses.parse(" 192.0.2.1 "));
        for (String wrong : List.of("", "192.0.2", "192.0.2.256", "192.0.2.1.5", "host", "1.2.3.-4", "1..2.3")) {
            assertThrows(IllegalArgumentException.class, () -> Addresses.parse(wrong), wrong);
        }
    }

    @Test
    void wrongBytesNameTheOption() {
        DhcpMessage message = DhcpMessage.builder().bytes(54, new byte[3]).build();
        DecoderException e =
                assertThrows(DecoderException.class, () -> message.option(DhcpOptions.DHCP_SERVER_IDENTIFIER));
        assertTrue(e.getMessage().contains("dhcp-server-identifier (54)"), e.getMessage());
    }

    @Test
    void everyOptionOfTheTableCanBeFoundByItsName() {
        for (DhcpOption<?> option : DhcpOptions.all()) {
            assertEquals(Optional.of(option), DhcpOptions.named(option.name()));
            assertEquals(
                    Optional.of(option.type()), OptionType.named(option.type().name()));
        }
    }
}
