package io.slipway.image.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BootRolesTest {

    @Test
    void knowsAnX86KernelByItsHeaderUnderAnyName() {
        assertEquals("kernel", BootRoles.of("boot/memtest.bin", TestFiles.x86Kernel(4096)));
        assertEquals("kernel", BootRoles.of("initrd-not", TestFiles.x86Kernel(BootRoles.HEAD)));
    }

    @Test
    void knowsAnArm64KernelByItsHeader() {
        assertEquals("kernel", BootRoles.of("Image", TestFiles.arm64Kernel(64)));
    }

    @Test
    void aHeaderThatIsCutShortIsNone() {
        assertEquals("other", BootRoles.of("linux", TestFiles.head(TestFiles.x86Kernel(4096), BootRoles.HEAD - 1)));
        assertEquals("other", BootRoles.of("linux", TestFiles.head(TestFiles.arm64Kernel(64), 0x3b)));
        assertEquals("other", BootRoles.of("linux", new byte[0]));
    }

    @ParameterizedTest
    @CsvSource({
        "amd64/initrd.gz, initrd",
        "initrd, initrd",
        "initramfs-linux.img, initrd",
        "pxelinux.0, other",
        "initrd.d/readme, other",
        "linux, other"
    })
    void knowsAnInitrdByItsName(String path, String role) {
        assertEquals(role, BootRoles.of(path, new byte[4096]));
    }

    @ParameterizedTest
    @CsvSource({
        "amd64/linux, kernel", "vmlinuz-6.1.0-28-amd64, kernel", "vmlinux, kernel", "bzImage, kernel",
        "initrd.img, initrd", "linux.cfg, other", "pxelinux.0, other", "ldlinux.c32, other"
    })
    void goesByTheNameWhenThereAreNoBytes(String path, String role) {
        assertEquals(role, BootRoles.ofName(path));
    }
}
