package io.slipway.loader.pxelinux;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PxelinuxBootloaderTest extends BootloaderContract {

    private static final MacAddress MAC = MacAddress.parse("52:54:00:12:34:56");

    @TempDir
    private Path folder;

    private PxelinuxBootloader loader;

    @BeforeEach
    void install() throws Exception {
        loader = new PxelinuxBootloader(new Settings(folder.resolve("pxelinux.0"), folder, ""));
        for (String name : List.of("pxelinux.0", "ldlinux.c32", "menu.c32", "libutil.c32")) {
            Files.writeString(folder.resolve(name), "content of " + name);
        }
    }

    @Override
    protected PxelinuxBootloader loader() {
        return loader;
    }

    @Override
    protected BootClient client() {
        return BootClient.builder(MAC).link("eth0").uuid(new UUID(1, 2)).build();
    }

    @Override
    protected String menuPath(BootClient client) {
        return "/pxelinux.cfg/01-" + client.mac().dashed();
    }

    private static Netboot some() {
        return netboot("Install", "quiet", Duration.ZERO);
    }

    @Test
    void onlyBiosOverTftpRunsIt() {
        assertTrue(loader.program(client(), some()).isPresent());
        for (FirmwareArchitecture other : List.of(
                FirmwareArchitecture.UEFI_X64, FirmwareArchitecture.UEFI_IA32, FirmwareArchitecture.BIOS_X86_HTTP)) {
            BootClient client = client().toBuilder().architecture(other).build();
            assertEquals(Optional.empty(), loader.program(client, some()), other.toString());
        }
        BootClient http = client().toBuilder().transport(BootTransport.HTTP).build();
        assertEquals(Optional.empty(), loader.program(http, some()));
    }

    @Test
    void cannotServeADefaultThatItCannotBoot() {
        BootEntry efi = new BootEntry.EfiProgram("shell", "Shell", "/shell.efi", "");
        assertEquals(Optional.empty(), loader.program(client(), netboot(efi)));
        BootEntry tooLong = new BootEntry.Linux("a", "A", "/linux", List.of(), "x".repeat(2048));
        assertEquals(Optional.empty(), loader.program(client(), netboot(tooLong)));
    }

    private static Netboot netboot(BootEntry entry) {
        return new Netboot(BootMenu.of(entry), Optional.empty(), "a test");
    }

    @Test
    void modulesLieAtTheRootAndNothingElseOfTheirFolder() throws Exception {
        Files.writeString(folder.resolve("secret"), "x");
        assertEquals(
                "content of menu.c32",
                text(loader.find(request("/menu.c32", client())).orElseThrow()));
        assertEquals(Optional.empty(), loader.find(request("/vesamenu.c32", client())));
        assertEquals(Optional.empty(), loader.find(request("/secret", client())));
        assertEquals(Optional.empty(), loader.find(request("/sub/menu.c32", client())));
    }

    @Test
    void onlyTheMachinesOwnMenuIsFound() throws Exception {
        BootFile own = loader.find(request("/pxelinux.cfg/default", client()).with(some()))
                .orElseThrow();
        assertEquals(menu(client(), some()), text(own));
        for (String other : List.of(
                "01-52-54-00-00-00-01",
                "01-52-54-00-12-34-56x",
                "00000000-0000-0001-0000-000000000002",
                "C000020A",
                "C",
                "default/x")) {
            assertEquals(
                    Optional.empty(),
                    loader.find(request("/pxelinux.cfg/" + other, client()).with(some())),
                    other);
        }
    }

    @Test
    void whatIsMissingIsNamedAndItsReturnNoticed() throws Exception {
        Files.delete(folder.resolve("pxelinux.0"));
        Files.delete(folder.resolve("ldlinux.c32"));
        List<String> problems = loader.problems();
        assertEquals(2, problems.size());
        assertTrue(problems.get(0).contains("'pxelinux'") && problems.get(0).contains("'program'"), problems.get(0));
        assertTrue(problems.get(1).contains("'syslinux-common'"), problems.get(1));
        assertEquals(Optional.empty(), loader.program(client(), some()));
        assertEquals(Optional.empty(), loader.find(request("/pxelinux.0", client())));
        install();
        assertTrue(loader.program(client(), some()).isPresent());
    }

    @Test
    void aBrokenSettingIsRefused() {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> new Settings(folder, folder, "0 115200\nKERNEL /x"))
                .getMessage();
        assertTrue(message.contains("serial") && message.contains("0 115200"), message);
        assertEquals("0x3f8 9600 0x303", new Settings(folder, folder, "0x3f8 9600 0x303").serial());
    }
}
