package io.slipway.dhcp.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.DecoderException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options as people write them. */
class OptionSettingTest {

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "routers                 | 192.0.2.1, 192.0.2.2          | 3   | c0000201 c0000202",
                "3                       | 192.0.2.1                     | 3   | c0000201",
                "router                  | 192.0.2.1                     | 3   | c0000201",
                "domain-name             | lab.example                   | 15  | 6c61622e6578616d706c65",
                "time-offset             | -3600                         | 2   | fffff1f0",
                "ip-forwarding           | true                          | 19  | 01",
                "interface-mtu           | 9000                          | 26  | 2328",
                "path-mtu-plateau-table  | 68, 0x128                     | 25  | 0044 0128",
                "static-routes           | 198.51.100.7 192.0.2.1        | 33  | c6336407 c0000201",
                "domain-search           | lab.example, example.         | 119 | 036c6162076578616d706c6500 076578616d706c6500",
                // RFC 3442's own table of descriptors
                "classless-static-routes | 0.0.0.0/0 via 192.0.2.1       | 121 | 00 c0000201",
                "classless-static-routes | 10.0.0.0/8 via 192.0.2.1      | 121 | 08 0a c0000201",
                "classless-static-routes | 10.17.0.0/16 via 192.0.2.1    | 121 | 10 0a11 c0000201",
                "classless-static-routes | 10.27.129.0/24 via 192.0.2.1  | 121 | 18 0a1b81 c0000201",
                "classless-static-routes | 10.229.0.128/25 via 192.0.2.1 | 121 | 19 0ae50080 c0000201",
                "classless-static-routes | 10.198.122.47/32 192.0.2.1    | 121 | 20 0ac67a2f c0000201",
                "121                     | 10.0.0.0/8 via 192.0.2.1, 192.0.2.128/25 via 0.0.0.0 | 121 "
                        + "| 08 0a c0000201 19 c0000280 00000000",
                "vivso-suboptions        | 00:00:01:37-02 61:62          | 125 | 000001370 26162",
                "224.string              | hello                         | 224 | 68656c6c6f",
                "224.uint8               | 0xff                          | 224 | ff",
                "224.uint8s              | 1,2 3                         | 224 | 010203",
                "224.uint32              | 4294967295                    | 224 | ffffffff",
                "224.seconds             | 60                            | 224 | 0000003c",
                "224.flag                | true                          | 224 | ''",
                "224.binary              | 0x0AfF                        | 224 | 0aff",
                "boot-size.uint32        | 010                           | 13  | 0000000a",
            })
    void aTextBecomesBytes(String key, String text, int code, String bytes) {
        OptionSetting setting = OptionSetting.parse(key, text);
        assertEquals(code, setting.code());
        assertArrayEquals(hex(bytes), setting.value());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "routes                  | 192.0.2.1                  | there is no option routes; is it routers?",
                "domain-name-server      | 192.0.2.1                  | is it domain-name-servers?",
                "ntp-sevrers             | 192.0.2.1                  | is it ntp-servers?",
                "zzzzzzzzzzzzzzzz        | 1                          | there is no option zzzzzzzzzzzzzzzz",
                "224                     | hello                      | 224.string; types are binary, boolean",
                "224.strign              | hello                      | is it string?",
                "0                       | 1                          | an option's number, 1 to 254",
                "255                     | 1                          | an option's number, 1 to 254",
                "routers                 | gw.example                 | IPv4 addresses with commas",
                "routers                 | ''                         | IPv4 addresses with commas",
                "time-offset             | soon                       | a number, -2147483648",
                "interface-mtu           | 65536                      | a number, 0 to 65535",
                "ip-forwarding           | yes                        | true or false",
                "rdnss-selection         | 123                        | bytes in hexadecimal",
                "static-routes           | 192.0.2.1                  | pairs of IPv4 addresses",
                "classless-static-routes | 10.0.0.1/8 via 192.0.2.1   | routes with commas",
                "classless-static-routes | 10.0.0.0/33 via 192.0.2.1  | routes with commas",
                "domain-search           | lab..example               | domain names with commas",
                "dhcp-lease-time         | 60                         | the key leaseTime sets it",
                "dhcp-message-type       | 2                          | the server sets it",
                "dhcp-agent-options      | 01                         | relay agents say it",
                "82.binary               | 01                         | relay agents say it",
                "host-name               | 名                          | Latin-1",
            })
    void anyOtherIsRefusedWithWhatWasExpected(String key, String text, String expected) {
        String message = assertThrows(IllegalArgumentException.class, () -> OptionSetting.parse(key, text))
                .getMessage();
        assertTrue(message.contains(expected), message);
    }

    /** Whatever bytes a type takes, its text gives back; what it does not take is a DecoderException. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "binary",
                "boolean",
                "flag",
                "uint8",
                "uint16",
                "uint32",
                "int32",
                "uint8s",
                "uint16s",
                "seconds",
                "ip-address",
                "ip-addresses",
                "ip-address-pairs",
                "routes"
            })
    void textAndBytesAreTheSameValue(String type) {
        Random random = new Random(2026);
        int read = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(14)];
            random.nextBytes(bytes);
            if (round % 2 == 0 && bytes.length > 0) {
                bytes[0] = (byte) random.nextInt(bytes.length + 1);
            }
            if (bytes.length > 0 || type.equals("flag")) {
                read += isRead(OptionType.named(type).orElseThrow(), bytes) ? 1 : 0;
            }
        }
        assertTrue(read > 0);
    }

    private static <T> boolean isRead(OptionType<T> type, byte[] bytes) {
        T value;
        try {
            value = type.decode().apply(bytes);
        } catch (DecoderException e) {
            return false;
        }
        String text = type.format().apply(value);
        assertArrayEquals(type.encode().apply(value), type.bytes(text), text);
        return true;
    }

    @Test
    void domainNamesMayPointBackButNeverRound() {
        OptionType<?> type = OptionType.DOMAIN_NAMES;
        assertEquals("lab.example, www.example", type.text(hex("036c6162 076578616d706c65 00 03777777 c004")));
        for (String round : new String[] {"c000", "0161c000", "0161c002", "c0", "3f61", "0161", "80"}) {
            assertThrows(DecoderException.class, () -> type.text(hex(round)), round);
        }
    }

    @Test
    void routesThatOverrunAreRefused() {
        for (String wrong : new String[] {"", "21 0000000000000000", "08 0a c00002", "00", "20 0a0000 c0000201"}) {
            assertThrows(DecoderException.class, () -> OptionType.ROUTES.text(hex(wrong)), wrong);
        }
        assertEquals("10.0.0.0/7 via 192.0.2.1", OptionType.ROUTES.text(hex("07 0b c0000201")), "host bits set");
    }

    @Test
    void aNearNameIsFoundAndAFarOneIsNot() {
        List<String> known = List.of("routers", "router-discovery", "root-path");
        assertEquals(Optional.of("routers"), Spelling.nearest("rotuers", known));
        assertEquals(Optional.of("root-path"), Spelling.nearest("Root_Path", known));
        assertEquals(Optional.empty(), Spelling.nearest("leaseTime", known));
        assertEquals(1, Spelling.distance("ab", "ba"));
        assertEquals(3, Spelling.distance("", "abc"));
    }
}
