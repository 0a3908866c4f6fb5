package io.slipway.loader.grub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootDecision.Netboot;
import io.slipway.boot.BootFile;
import io.slipway.boot.BootTransport;
import io.slipway.boot.BootloaderContract;
import io.slipway.boot.FirmwareArchitecture;
import io.slipway.boot.MacAddress;
import io.slipway.boot.NetworkProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrubBootloaderTest extends BootloaderContract {

    private static final MacAddress MAC = MacAddress.parse("52:54:00:12:34:56");

    private static final String GRUB_WITH_HTTP = "content of grub HTTP/1.1\r\nHost: and so on";

    @TempDir
    private Path folder;

    private GrubBootloader loader;

    @BeforeEach
    void install() throws Exception {
        Path shim = Files.writeString(folder.resolve("shimx64.efi.signed"), "content of shim");
        Path grub = Files.writeString(folder.resolve("grubnetx64.efi.signed"), GRUB_WITH_HTTP);
        loader = new GrubBootloader(new Settings(shim, grub, Optional.empty(), false, ""));
    }

    @Override
    protected GrubBootloader loader() {
        return loader;
    }

    @Override
    protected BootClient client() {
        return BootClient.builder(MAC)
                .architecture(FirmwareArchitecture.UEFI_X64)
                .link("eth0")
                .build();
    }

    @Override
    protected String menuPath(BootClient client) {
        return "/grub/grub.cfg";
    }

    private static Netboot some() {
        return netboot("Install", "quiet", Duration.ZERO);
    }

    @Test
    void onlyUefiX64RunsItFromWhereItFetchesItsFiles() {
        for (FirmwareArchitecture code : List.of(
                FirmwareArchitecture.UEFI_X64, FirmwareArchitecture.UEFI_EBC, FirmwareArchitecture.UEFI_X64_HTTP)) {
            BootClient client = client().toBuilder().architecture(code).build();
            assertEquals(
                    Optional.of(new NetworkProgram("/grub/shimx64.efi", code.transport())),
                    loader.program(client, some()));
        }
        for (FirmwareArchitecture code : List.of(
                FirmwareArchitecture.BIOS_X86,
                FirmwareArchitecture.UEFI_IA32,
                FirmwareArchitecture.UEFI_ARM64,
                FirmwareArchitecture.UEFI_ARM64_HTTP,
                FirmwareArchitecture.BIOS_X86_HTTP)) {
            BootClient client = client().toBuilder().architecture(code).build();
            assertEquals(Optional.empty(), loader.program(client, some()), code.toString());
        }
    }

    @Test
    void whoHasItsAddressFromAnotherServerNeedsAGrubThatKnows() {
        BootClient client =
                client().toBuilder().label(BootClient.LEASED_ELSEWHERE, "true").build();
        assertEquals(Optional.empty(), loader.program(client, some()));
        assertTrue(loader.problems(client).get(0).contains("proxyDhcp = true"));
        BootClient http = client.toBuilder().transport(BootTransport.HTTP).build();
        assertEquals(true, loader.program(http, some()).isPresent(), "it is told a URL");
        GrubBootloader newer = new GrubBootloader(new Settings(
                folder.resolve("shimx64.efi.signed"),
                folder.resolve("grubnetx64.efi.signed"),
                Optional.empty(),
                true,
                ""));
        assertEquals(true, newer.program(client, some()).isPresent());
        assertEquals(List.of(), newer.problems(client));
    }

    @Test
    void shimFindsGrubBesideItself() throws Exception {
        assertEquals(
                "content of shim",
                text(loader.find(request("/grub/shimx64.efi", client())).orElseThrow()));
        BootFile grub = loader.find(request("/grub/grubx64.efi", client())).orElseThrow();
        assertEquals(GRUB_WITH_HTTP, text(grub));
        assertEquals("application/efi", grub.mediaType());
        for (String probed : List.of("/grub/revocations.efi", "/grub/x86_64-efi/command.lst", "/grub/mmx64.efi")) {
            assertEquals(Optional.empty(), loader.find(request(probed, client()).with(some())), probed);
        }
    }

    @Test
    void aGrubWithoutHttpServesOnlyTftp() throws Exception {
        Path signed = Files.writeString(folder.resolve("grubnetx64.efi.signed"), "tftp HTTP/1.1 Host:");
        BootClient http = client().toBuilder()
                .architecture(FirmwareArchitecture.UEFI_X64_HTTP)
                .build();
        assertEquals(Optional.empty(), loader.program(http, some()));
        assertTrue(loader.program(client(), some()).isPresent());
        assertEquals(1, loader.problems().size());
        assertTrue(
                loader.problems().get(0).contains("'httpGrub'"),
                loader.problems().get(0));

        Path other = Files.writeString(folder.resolve("http.efi"), GRUB_WITH_HTTP);
        loader = new GrubBootloader(
                new Settings(folder.resolve("shimx64.efi.signed"), signed, Optional.of(other), false, ""));
        assertEquals(List.of(), loader.problems());
        assertTrue(loader.program(http, some()).isPresent());
        assertEquals(
                GRUB_WITH_HTTP,
                text(loader.find(request("/grub/grubx64.efi", http)).orElseThrow()));
        assertEquals(
                "tftp HTTP/1.1 Host:",
                text(loader.find(request("/grub/grubx64.efi", client())).orElseThrow()));
    }

    @Test
    void onlyTheMachinesOwnMenuIsFound() throws Exception {
        String own = "/grub/grub.cfg-01-" + MAC.dashed();
        assertEquals(
                menu(client(), some()),
                text(loader.find(request(own, client()).with(some())).orElseThrow()));
        for (String other : List.of("-01-52-54-00-00-00-01", "-C000020A", "-C", "x", "/x")) {
            String path = "/grub/grub.cfg" + other;
            assertEquals(Optional.empty(), loader.find(request(path, client()).with(some())), path);
        }
    }

    @Test
    void whatIsMissingIsNamedAndItsReturnNoticed() throws Exception {
        Files.delete(folder.resolve("shimx64.efi.signed"));
        Files.delete(folder.resolve("grubnetx64.efi.signed"));
        List<String> problems = loader.problems();
        assertEquals(3, problems.size());
        assertTrue(problems.get(0).contains("'shim-signed'") && problems.get(0).contains("'shim'"), problems.get(0));
        assertTrue(problems.get(1).contains("'grub-efi-amd64-signed'"), problems.get(1));
        assertTrue(problems.get(2).contains("'httpGrub'"), problems.get(2));
        assertEquals(Optional.empty(), loader.program(client(), some()));
        assertEquals(Optional.empty(), loader.find(request("/grub/shimx64.efi", client())));
        install();
        assertTrue(loader.program(client(), some()).isPresent());
    }

    @Test
    void aBrokenSettingIsRefused() {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> new Settings(folder, folder, Optional.empty(), false, "--unit=0; reboot"))
                .getMessage();
        assertTrue(message.contains("serial") && message.contains("--unit=0 --speed=115200"), message);
    }
}
