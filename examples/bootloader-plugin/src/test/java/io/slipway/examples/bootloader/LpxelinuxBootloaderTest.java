package io.slipway.examples.bootloader;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootloaderContract;
import io.slipway.boot.FirmwareArchitecture;
import io.slipway.boot.MacAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LpxelinuxBootloaderTest extends BootloaderContract {

    private LpxelinuxBootloader loader;

    @BeforeEach
    void install(@TempDir Path folder) throws Exception {
        Path program = Files.writeString(folder.resolve("lpxelinux.0"), "the program");
        loader = new LpxelinuxBootloader(program, Files.writeString(folder.resolve("ldlinux.c32"), "the module"));
    }

    @Override
    protected LpxelinuxBootloader loader() {
        return loader;
    }

    @Override
    protected BootClient client() {
        return BootClient.builder(MacAddress.parse("52:54:00:12:34:56"))
                .link("eth0")
                .build();
    }

    @Override
    protected String menuPath(BootClient client) {
        return "/lpxelinux/pxelinux.cfg/01-" + client.mac().dashed();
    }

    @Test
    void writesWhatLpxelinuxReads() throws Exception {
        assertEquals("""
                DEFAULT install
                PROMPT 1
                TIMEOUT 50
                SAY install: Install
                LABEL install
                LINUX ::/images/sha256-00/linux
                APPEND quiet
                INITRD ::/images/sha256-00/initrd.gz
                SAY local: Local disk
                LABEL local
                LOCALBOOT 0
                """, menu(client(), netboot("Install", "quiet", Duration.ofSeconds(5))));
    }

    @Test
    void leavesUefiToOthers() {
        BootClient uefi =
                client().toBuilder().architecture(FirmwareArchitecture.UEFI_X64).build();
        assertEquals(Optional.empty(), loader.program(uefi, netboot("Install", "", Duration.ZERO)));
    }
}
