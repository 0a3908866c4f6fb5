package io.slipway.loader.ipxe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootDecision.Netboot;
import io.slipway.boot.BootEntry;
import io.slipway.boot.BootFile;
import io.slipway.boot.BootMenu;
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
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IpxeBootloaderTest extends BootloaderContract {

    private static final MacAddress MAC = MacAddress.parse("52:54:00:12:34:56");
    private static final String SCRIPT = "/ipxe/boot.ipxe";

    @TempDir
    private Path folder;

    private IpxeBootloader loader;

    @BeforeEach
    void install() throws Exception {
        for (String name : List.of("ipxe.efi", "snponly.efi", "undionly.kpxe")) {
            Files.writeString(folder.resolve(name), "content of " + name);
        }
        loader = new IpxeBootloader(settings(Settings.EfiProgram.IPXE));
    }

    private Settings settings(Settings.EfiProgram program) {
        return new Settings(
                Optional.of(folder.resolve("ipxe.efi")),
                Optional.of(folder.resolve("snponly.efi")),
                Optional.of(folder.resolve("undionly.kpxe")),
                program);
    }

    @Override
    protected IpxeBootloader loader() {
        return loader;
    }

    @Override
    protected BootClient client() {
        return BootClient.builder(MAC).link("eth0").build();
    }

    @Override
    protected String menuPath(BootClient client) {
        return SCRIPT;
    }

    private static Netboot some() {
        return netboot("Install", "quiet", Duration.ZERO);
    }

    private static BootClient with(FirmwareArchitecture architecture) {
        return BootClient.builder(MAC).architecture(architecture).build();
    }

    private Optional<NetworkProgram> program(BootClient client) {
        return loader.program(client, some());
    }

    @Test
    void firmwareIsGivenTheProgramThatItCanRun() {
        assertEquals(Optional.of(new NetworkProgram("/ipxe/undionly.kpxe")), program(client()));
        for (FirmwareArchitecture code : List.of(FirmwareArchitecture.UEFI_X64, FirmwareArchitecture.UEFI_EBC)) {
            assertEquals(Optional.of(new NetworkProgram("/ipxe/ipxe.efi")), program(with(code)));
        }
        assertEquals(
                Optional.of(new NetworkProgram("/ipxe/ipxe.efi", BootTransport.HTTP)),
                program(with(FirmwareArchitecture.UEFI_X64_HTTP)));
        for (FirmwareArchitecture code : List.of(
                FirmwareArchitecture.BIOS_X86_HTTP,
                FirmwareArchitecture.UEFI_IA32,
                FirmwareArchitecture.UEFI_ARM64,
                FirmwareArchitecture.UEFI_ARM64_HTTP)) {
            assertEquals(Optional.empty(), program(with(code)), code.toString());
        }
        loader = new IpxeBootloader(settings(Settings.EfiProgram.SNPONLY));
        assertEquals(
                Optional.of(new NetworkProgram("/ipxe/snponly.efi")), program(with(FirmwareArchitecture.UEFI_X64)));
    }

    @Test
    void neverItsOwnProgramAgain() throws Exception {
        NetworkProgram overHttp = new NetworkProgram(SCRIPT, BootTransport.HTTP);
        for (FirmwareArchitecture code : List.of(
                FirmwareArchitecture.BIOS_X86,
                FirmwareArchitecture.UEFI_X64,
                FirmwareArchitecture.UEFI_X64_HTTP,
                FirmwareArchitecture.UEFI_ARM64)) {
            BootClient byUserClass = with(code).toBuilder().userClass("iPXE").build();
            BootClient byFeatures =
                    with(code).toBuilder().features(Set.of("http", "menu")).build();
            BootClient byBoth = byFeatures.toBuilder().userClass("iPXE").build();
            assertEquals(Optional.of(new NetworkProgram(SCRIPT)), program(byUserClass), code.toString());
            assertEquals(Optional.of(overHttp), program(byFeatures), code.toString());
            assertEquals(Optional.of(overHttp), program(byBoth), code.toString());
            for (BootClient running : List.of(byUserClass, byFeatures, byBoth)) {
                assertTrue(loader.isRunningOn(running));
            }
            assertFalse(loader.isRunningOn(with(code)));
        }
        for (String name : List.of("ipxe.efi", "snponly.efi", "undionly.kpxe")) {
            Files.delete(folder.resolve(name));
        }
        assertEquals(Optional.empty(), program(client()));
        BootClient running = client().toBuilder().features(Set.of("http")).build();
        assertEquals(Optional.of(overHttp), program(running), "a ROM needs no program");
    }

    @Test
    void ipxeWithoutHttpIsGivenItsScriptWithTftp() {
        BootClient client = client().toBuilder()
                .userClass("iPXE")
                .features(Set.of("tftp", "https"))
                .build();
        assertEquals(Optional.of(new NetworkProgram(SCRIPT)), program(client));
    }

    @Test
    void cannotServeADefaultThatItCannotBoot() {
        BootEntry efi = new BootEntry.EfiProgram("shell", "Shell", "/shell.efi", "");
        Netboot shell = new Netboot(BootMenu.of(efi), Optional.empty(), "a test");
        assertEquals(Optional.empty(), loader.program(client(), shell));
        assertTrue(loader.program(with(FirmwareArchitecture.UEFI_X64), shell).isPresent());
        assertEquals(Optional.empty(), loader.program(client(), netboot("A", "a=${b}", Duration.ZERO)));
    }

    @Test
    void autoexecIsTheScriptInEveryFolder() throws Exception {
        for (String path : List.of("/autoexec.ipxe", "/ipxe/autoexec.ipxe", "/a/b/autoexec.ipxe")) {
            BootFile file = loader.find(request(path, client()).with(some())).orElseThrow();
            assertEquals(menu(client(), some()), text(file));
            assertEquals(Optional.empty(), loader.find(request(path, client())), "no decision");
            assertEquals(Optional.empty(), loader.find(anonymous(path, BootTransport.HTTP)), "not known");
        }
        assertEquals(
                Optional.empty(),
                loader.find(request("/myautoexec.ipxe", client()).with(some())));
    }

    @Test
    void programsAreServedAndNothingElse() throws Exception {
        for (String name : List.of("ipxe.efi", "snponly.efi", "undionly.kpxe")) {
            BootFile file =
                    loader.find(anonymous("/ipxe/" + name, BootTransport.HTTP)).orElseThrow();
            assertEquals("content of " + name, text(file));
        }
        BootFile efi =
                loader.find(anonymous("/ipxe/ipxe.efi", BootTransport.HTTP)).orElseThrow();
        assertEquals("application/efi", efi.mediaType());
        Files.writeString(folder.resolve("secret"), "x");
        assertEquals(
                Optional.empty(), loader.find(request("/ipxe/secret", client()).with(some())));
    }

    @Test
    void whatIsMissingIsNamedAndItsReturnNoticed() throws Exception {
        Files.delete(folder.resolve("undionly.kpxe"));
        Files.delete(folder.resolve("ipxe.efi"));
        Files.delete(folder.resolve("snponly.efi"));
        List<String> problems = loader.problems();
        assertEquals(2, problems.size(), "snponly.efi is not chosen");
        assertTrue(problems.get(0).contains("'ipxe'") && problems.get(0).contains("'undionly'"), problems.get(0));
        assertTrue(problems.get(1).contains("ipxe.efi"), problems.get(1));
        assertEquals(Optional.empty(), program(client()));
        assertEquals(Optional.empty(), loader.find(request("/ipxe/undionly.kpxe", client())));
        install();
        assertTrue(program(client()).isPresent());
    }

    @Test
    void aProgramMayBeLeftOutUnlessItIsChosen() {
        Optional<Path> there = Optional.of(folder.resolve("ipxe.efi"));
        loader = new IpxeBootloader(new Settings(there, Optional.empty(), Optional.empty(), Settings.EfiProgram.IPXE));
        assertEquals(List.of(), loader.problems());
        assertEquals(Optional.empty(), program(client()));
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> new Settings(there, Optional.empty(), there, Settings.EfiProgram.SNPONLY))
                .getMessage();
        assertTrue(message.contains("snponly = ''"), message);
        String wrong = assertThrows(IllegalArgumentException.class, () -> Settings.EfiProgram.of("ipxe.efi"))
                .getMessage();
        assertEquals("etc/io.slipway.loader.ipxe.cfg: efiProgram = 'ipxe.efi'; expected 'ipxe' or 'snponly'", wrong);
    }
}
