package io.slipway.loader.pxelinux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.BootEntry;
import io.slipway.boot.BootMenu;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PxelinuxMenuTest {

    private static final BootEntry.Linux INSTALL = new BootEntry.Linux(
            "install",
            "Install Debian",
            "/images/sha256-1/linux",
            List.of("/images/sha256-1/initrd.gz", "/images/sha256-2/firmware.cpio"),
            "vga=788 --- quiet");
    private static final BootEntry LOCAL = new BootEntry.LocalBoot("local", "Local ^disk \u00e4");
    private static final BootEntry EFI = new BootEntry.EfiProgram("shell", "Shell", "/shell.efi", "");

    @Test
    void aMenuWaitsForAPerson() {
        BootMenu menu = new BootMenu("Rack 7", List.of(INSTALL, EFI, LOCAL), "install", Duration.ofSeconds(10));
        assertEquals("""
                SERIAL 0 115200
                DEFAULT install
                PROMPT 0
                TIMEOUT 100
                UI menu.c32
                MENU TITLE Rack 7
                LABEL install
                  MENU LABEL Install Debian
                  MENU DEFAULT
                  LINUX /images/sha256-1/linux
                  INITRD /images/sha256-1/initrd.gz,/images/sha256-2/firmware.cpio
                  APPEND vga=788 --- quiet
                LABEL local
                  MENU LABEL Local disk ?
                  LOCALBOOT 0
                """, new PxelinuxMenu("0 115200").write(menu));
    }

    @Test
    void withoutATimeTheDefaultBootsAtOnce() {
        BootEntry bare = new BootEntry.Linux("bare", "", "/linux", List.of(), "");
        assertEquals("""
                DEFAULT bare
                PROMPT 0
                LABEL bare
                  MENU LABEL bare
                  MENU DEFAULT
                  LINUX /linux
                """, new PxelinuxMenu("").write(BootMenu.of(bare)));
    }

    @Test
    void timesAreKeptWithinWhatItTakes() {
        assertTrue(timed(Duration.ofMillis(1)).contains("TIMEOUT 1\n"));
        assertTrue(timed(Duration.ofDays(1)).contains("TIMEOUT 35996\n"));
    }

    private static String timed(Duration timeout) {
        return new PxelinuxMenu("").write(new BootMenu("Menu", List.of(LOCAL), "local", timeout));
    }

    @Test
    void noLineIsLongerThanItsBuffer() {
        // readconfig.c reads lines of at most 4095 bytes: the rest of a longer one would be a line of its own.
        BootEntry longest = new BootEntry.Linux("a", "l".repeat(9000), "/linux", List.of(), "\u00e4".repeat(1016));
        BootEntry tooLong = new BootEntry.Linux("b", "B", "/linux", List.of(), "\u00e4".repeat(1017));
        String text = new PxelinuxMenu("")
                .write(new BootMenu("t".repeat(9000), List.of(longest, tooLong), "a", Duration.ofSeconds(1)));
        assertTrue(text.contains("LABEL a\n"), text);
        assertFalse(text.contains("LABEL b\n"), text);
        assertTrue(text.lines().allMatch(line -> line.length() < 2048));
    }
}
