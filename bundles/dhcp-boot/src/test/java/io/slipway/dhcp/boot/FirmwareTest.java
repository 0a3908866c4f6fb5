package io.slipway.dhcp.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.FirmwareArchitecture;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import io.slipway.dhcp.codec.MachineUuid;
import io.slipway.dhcp.codec.UserClass;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What odd and hostile firmware says. */
class FirmwareTest {

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    private static Firmware firmware(int code, byte[] value) {
        return Firmware.of(FakeExchange.of(DhcpMessage.builder()
                .hardware(DhcpMessage.ETHERNET, new byte[] {0x52, 0x54, 0, 1, 2, 3})
                .type(DhcpMessageType.DISCOVER)
                .bytes(code, value)
                .build()));
    }

    @ParameterizedTest
    @CsvSource({
        "0007,         uefi-x64",
        "0009,         uefi-x64",
        "0000,         bios-x86",
        "0007 0010,    uefi-x64",
        "000b 00,      uefi-arm64",
        "0029,         arch-41",
        "ffff,         arch-65535",
        "07,           bios-x86",
        "'',           bios-x86",
    })
    void theFirstArchitectureCounts(String bytes, String expected) {
        Firmware firmware = firmware(93, hex(bytes));
        assertEquals(expected, firmware.client().architecture().toString());
        assertEquals(true, firmware.boots());
    }

    @Test
    void withoutArchitectureItIsABios() {
        assertEquals(
                FirmwareArchitecture.BIOS_X86,
                firmware(12, new byte[] {'a'}).client().architecture());
    }

    @Test
    void theUuidReadsAsSmbiosShowsIt() {
        assertEquals(
                Optional.of(UUID.fromString("00112233-4455-6677-8899-aabbccddeeff")),
                MachineUuid.parse(hex("00 33221100 5544 7766 8899 aabbccddeeff")));
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "00",
        "01 33221100554477668899aabbccddeeff",
        "33221100554477668899aabbccddeeff",
        "00 33221100554477668899aabbccddeeff00",
        "00 00000000000000000000000000000000",
        "00 ffffffffffffffffffffffffffffffff",
    })
    void whatIsNoUuidIsNone(String bytes) {
        assertEquals(Optional.empty(), MachineUuid.parse(hex(bytes)));
    }

    @ParameterizedTest
    @CsvSource({
        "69505845,                 iPXE",
        "0469505845,               iPXE",
        "046950584503616263,       iPXE",
        "6950584500,               iPXE",
        "0569505845,               ?iPXE",
        "1b5b33316d,               ?[31m",
    })
    void theUserClassIsCountedOrPlain(String bytes, String expected) {
        assertEquals(Optional.of(expected), UserClass.parse(hex(bytes)));
    }

    @Test
    void anEmptyUserClassIsNone() {
        assertEquals(Optional.empty(), UserClass.parse(hex("")));
        assertEquals(Optional.empty(), UserClass.parse(hex("00")));
    }

    @Test
    void aVendorClassIsMadePrintable() {
        byte[] value = "PXEClient\u0007\u0000".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(
                Optional.of("PXEClient?"),
                firmware(DhcpOptions.VENDOR_CLASS_IDENTIFIER.code(), value)
                        .client()
                        .vendorClass());
    }

    @Test
    void whatIpxeCanIsKnown() {
        Firmware ipxe = Firmware.of(FakeExchange.of(WireVector.message("ipxe-bios-discover")));
        assertEquals(
                Set.of(
                        "http",
                        "dns",
                        "elf",
                        "iscsi",
                        "menu",
                        "multiboot",
                        "nfs",
                        "pxe-ext",
                        "pxe",
                        "tftp",
                        "bzimage",
                        "aoe"),
                ipxe.client().features());
        assertEquals(FirmwareQuirks.IPXE, ipxe.quirks());
        Firmware plain = Firmware.of(FakeExchange.of(WireVector.message("edk2-pxe-discover")));
        assertEquals(Set.of(), plain.client().features());
        assertEquals(FirmwareQuirks.PXE_UEFI, plain.quirks());
    }

    @ParameterizedTest
    @CsvSource({
        "'',                      ''",
        "ff 130101,               ''",
        "00 00 130101 00 ff 1501, http",
        "1300 150101,             tftp",
        "13,                      ''",
        "1302 01,                 ''",
        "13ff 01,                 ''",
        "7f0101 240101,           efi",
        "eb03010000 1403010203,   https",
        "130101 130101,           http",
    })
    void garbageInOption175IsPassedOver(String bytes, String expected) {
        Set<String> features = firmware(175, hex(bytes)).client().features();
        assertEquals(expected.isEmpty() ? Set.of() : Set.of(expected), features);
    }

    @Test
    void noBytesOfOption175MakeItThrow() {
        Random random = new Random(20261101);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            assertTrue(IpxeFeatures.parse(bytes).size() <= 20);
        }
    }

    @Test
    void eitherSignOfIpxeIsEnough() {
        assertEquals(FirmwareQuirks.IPXE, firmware(77, hex("69505845")).quirks());
        assertEquals(FirmwareQuirks.IPXE, firmware(175, hex("130101")).quirks());
        assertEquals(FirmwareQuirks.OTHER, firmware(77, hex("67505845")).quirks());
    }

    @Test
    void onlySoManyDiscoveriesAreRemembered() {
        Discoveries discoveries = new Discoveries(1);
        Firmware first = firmware(93, hex("0007"));
        discoveries.remember(1, first);
        assertEquals(Optional.of(first), discoveries.recall(first.client().mac(), 1));
        Firmware second = Firmware.of(FakeExchange.of(WireVector.message("edk2-pxe-discover")));
        discoveries.remember(1, second);
        assertEquals(Optional.empty(), discoveries.recall(first.client().mac(), 1));
        assertEquals(Optional.of(second), discoveries.recall(second.client().mac(), 1));
        assertEquals(Optional.empty(), discoveries.recall(second.client().mac(), 2));
    }

    @Test
    void theMachineThatWasHeardLatestIsForgottenLast() {
        Discoveries discoveries = new Discoveries(2);
        discoveries.remember(1, machine(1));
        discoveries.remember(2, machine(2));
        discoveries.remember(3, machine(1));
        discoveries.remember(4, machine(3));
        assertEquals(true, discoveries.recall(machine(1).client().mac(), 3).isPresent());
        assertEquals(Optional.empty(), discoveries.recall(machine(2).client().mac(), 2));
    }

    private static Firmware machine(int number) {
        return Firmware.of(FakeExchange.of(DhcpMessage.builder()
                .hardware(DhcpMessage.ETHERNET, new byte[] {0x52, 0x54, 0, 1, 2, (byte) number})
                .type(DhcpMessageType.DISCOVER)
                .build()));
    }
}
