package io.slipway.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BootClientTest {

    private static final MacAddress MAC = MacAddress.parse("52:54:00:12:34:56");

    @Test
    void whoSaysNothingIsABiosThatUsesTftp() {
        BootClient client = BootClient.builder(MAC).build();
        assertEquals(FirmwareArchitecture.BIOS_X86, client.architecture());
        assertEquals(BootTransport.TFTP, client.transport());
        assertEquals(Set.of(), client.features());
        assertEquals(
                Map.of("mac", MAC.toString(), "arch", "bios-x86", "transport", "tftp", "link", ""), client.labels());
    }

    @Test
    void aBuilderStartsFromWhatIsKnown() throws Exception {
        BootClient client = BootClient.builder(MAC)
                .architecture(FirmwareArchitecture.UEFI_X64_HTTP)
                .uuid(new UUID(1, 2))
                .address(InetAddress.getByName("192.0.2.10"))
                .userClass("iPXE")
                .features(Set.of("menu", "http"))
                .vendorClass("HTTPClient:Arch:00016")
                .link("eth0")
                .label("role", "web")
                .build();
        assertEquals(client, client.toBuilder().build());
        assertEquals("uefi-x64", client.labels().get("arch"));
        assertEquals("http", client.labels().get("transport"));
        assertEquals("web", client.labels().get("role"));
        assertEquals("iPXE", client.labels().get("user-class"));
        assertEquals(Set.of("http", "menu"), client.features());
        assertEquals("http,menu", client.labels().get("features"));
    }

    @Test
    void noLabelCanPretendToBeAnotherMachine() {
        BootClient client =
                BootClient.builder(MAC).label("mac", "00:00:00:00:00:00").build();
        assertEquals(MAC.toString(), client.labels().get("mac"));
    }

    @Test
    void architecturesOfOneKindHaveOneName() {
        assertTrue(FirmwareArchitecture.UEFI_X64.isSameKindAs(FirmwareArchitecture.UEFI_EBC));
        assertTrue(FirmwareArchitecture.UEFI_X64.isSameKindAs(FirmwareArchitecture.UEFI_X64_HTTP));
        assertFalse(FirmwareArchitecture.UEFI_X64.isSameKindAs(FirmwareArchitecture.UEFI_IA32));
        assertEquals(BootTransport.HTTP, FirmwareArchitecture.UEFI_X64_HTTP.transport());
        assertEquals(Optional.of(FirmwareArchitecture.UEFI_X64), FirmwareArchitecture.named("uefi-x64"));
        assertEquals("arch-4711", new FirmwareArchitecture(4711).toString());
        assertThrows(IllegalArgumentException.class, () -> new FirmwareArchitecture(0x10000));
        assertThrows(IllegalArgumentException.class, () -> new FirmwareArchitecture(-1));
    }

    @Test
    void aProgramsPathFitsTheHeader() {
        assertEquals("/pxelinux.0", new NetworkProgram("/pxelinux.0").path());
        assertEquals(127, new NetworkProgram("/" + "a".repeat(126)).path().length());
        for (String path : List.of("", "/", "pxelinux.0", "/a b", "/ä", "/a\0", "/" + "a".repeat(127))) {
            assertThrows(IllegalArgumentException.class, () -> new NetworkProgram(path), path);
        }
    }

    @Test
    void aPlanHasALoaderAndItsProgramOrNeither() {
        BootDecision decision = new BootDecision.Ignore("a test");
        assertThrows(
                IllegalArgumentException.class,
                () -> new BootPlan(decision, Optional.of("grub"), Optional.empty(), List.of()));
        assertEquals(Optional.empty(), new BootPlan(decision, Optional.empty(), Optional.empty(), List.of()).loader());
    }
}
