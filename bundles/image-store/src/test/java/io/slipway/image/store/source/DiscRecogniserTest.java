package io.slipway.image.store.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.disc.codec.DiscFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The discs of distributions, as far as they have to do with booting. */
class DiscRecogniserTest {

    private DiscFamilies families;

    @BeforeEach
    void readFamilies() throws IOException {
        families = DiscFamilies.read(Optional.empty());
    }

    @Test
    void debianInstaller() throws IOException {
        FakeDisc disc = new FakeDisc("Debian 12.9.0 amd64 n")
                .text(".disk/info", "Debian GNU/Linux 12.9.0 \"Bookworm\" - Official amd64 NETINST\n")
                .with("install.amd/vmlinuz", "install.amd/initrd.gz", "install.amd/gtk/initrd.gz");
        assertKnown(
                disc,
                "Debian GNU/Linux 12.9.0 \"Bookworm\" - Official amd64 NETINST",
                "",
                "install.amd/vmlinuz",
                "install.amd/initrd.gz");
        assertTrue(recognise(disc).note().contains("netboot.tar.gz"));
    }

    @Test
    void debianLive() throws IOException {
        FakeDisc disc = new FakeDisc("d-live 12.0")
                .text(".disk/info", "Debian GNU/Linux 12 \"Bookworm\" - Live\n")
                .with("live/filesystem.squashfs", "install.amd/vmlinuz", "install.amd/initrd.gz")
                .with("live/vmlinuz-6.1.0-13-amd64", "live/initrd.img-6.1.0-13-amd64")
                .with("live/vmlinuz-6.1.0-9-amd64");
        assertKnown(
                disc,
                "Debian GNU/Linux 12 \"Bookworm\" - Live",
                "boot=live components fetch=${image}/${iso}/live/filesystem.squashfs",
                "live/vmlinuz-6.1.0-13-amd64",
                "live/initrd.img-6.1.0-13-amd64");
        disc.with("live/vmlinuz", "live/initrd.img");
        assertEquals(
                "live/vmlinuz", recognise(disc).boot().orElseThrow().kernel().path());
    }

    @Test
    void anotherLiveSystemIsCalledByItsLabel() throws IOException {
        FakeDisc disc =
                new FakeDisc("GParted-live").with("live/filesystem.squashfs", "live/vmlinuz", "live/initrd.img");
        assertEquals("GParted-live", recognise(disc).description());
    }

    @Test
    void ubuntu() throws IOException {
        FakeDisc disc = new FakeDisc("Ubuntu-Server 24.04.1 LTS amd64")
                .text(".disk/info", "Ubuntu-Server 24.04.1 LTS \"Noble Numbat\" - Release amd64 (20240827)")
                .with("casper/vmlinuz", "casper/initrd");
        assertKnown(
                disc,
                "Ubuntu-Server 24.04.1 LTS \"Noble Numbat\" - Release amd64 (20240827)",
                "boot=casper ip=dhcp url=${image}/${iso} cloud-config-url=/dev/null",
                "casper/vmlinuz",
                "casper/initrd");
    }

    @Test
    void ubuntuDesktopOfOld() throws IOException {
        FakeDisc disc = new FakeDisc("Ubuntu 16.04")
                .text(".disk/info", "Ubuntu 16.04.7 LTS \"Xenial Xerus\" - Release amd64")
                .with("casper/vmlinuz.efi", "casper/initrd.lz");
        assertEquals(
                "casper/vmlinuz.efi",
                recognise(disc).boot().orElseThrow().kernel().path());
    }

    @Test
    void kinOfUbuntuWhoseArgumentsNobodyKnows() throws IOException {
        FakeDisc disc =
                new FakeDisc("Mint").text(".disk/info", "Linux Mint 22").with("casper/vmlinuz", "casper/initrd.lz");
        assertKnown(disc, "Linux Mint 22", "", "casper/vmlinuz", "casper/initrd.lz");
    }

    @Test
    void rockyWithPackages() throws IOException {
        FakeDisc disc = new FakeDisc("Rocky-9-4-x86_64-dvd")
                .text(".treeinfo", "[general]\nfamily = Rocky Linux\nname = Rocky Linux 9.4\n")
                .text(".discinfo", "1714749300.0\nRocky Linux 9.4\nx86_64\n")
                .with("BaseOS/repodata/repomd.xml", "images/install.img")
                .with("images/pxeboot/vmlinuz", "images/pxeboot/initrd.img");
        assertKnown(
                disc,
                "Rocky Linux 9.4",
                "inst.repo=${image}/${iso}",
                "images/pxeboot/vmlinuz",
                "images/pxeboot/initrd.img");
    }

    @Test
    void fedoraWithoutPackages() throws IOException {
        FakeDisc disc = new FakeDisc("Fedora-E-dvd-x86_64-40")
                .text(".discinfo", "1713272500.0\nFedora 40\nx86_64\n")
                .with("images/install.img", "images/pxeboot/vmlinuz", "images/pxeboot/initrd.img");
        assertKnown(
                disc,
                "Fedora 40 x86_64, network installer",
                "inst.stage2=${image}/${iso}",
                "images/pxeboot/vmlinuz",
                "images/pxeboot/initrd.img");
    }

    @Test
    void fedoraLive() throws IOException {
        FakeDisc disc = new FakeDisc("Fedora-WS-Live-40-1-14")
                .with("LiveOS/squashfs.img", "images/pxeboot/vmlinuz", "images/pxeboot/initrd.img")
                .text(".discinfo", "1\nFedora 40\nx86_64\n");
        assertKnown(disc, "Fedora-WS-Live-40-1-14", "", "images/pxeboot/vmlinuz", "images/pxeboot/initrd.img");
    }

    @Test
    void openSuse() throws IOException {
        FakeDisc disc = new FakeDisc("openSUSE-Leap-15.6-DVD-x86_64")
                .text("media.1/products", "/ openSUSE-Leap 15.6-1\n")
                .with("boot/x86_64/loader/linux", "boot/x86_64/loader/initrd");
        assertKnown(
                disc,
                "openSUSE-Leap 15.6-1, network installer",
                "",
                "boot/x86_64/loader/linux",
                "boot/x86_64/loader/initrd");
        disc.with("boot/x86_64/root");
        assertKnown(
                disc,
                "openSUSE-Leap 15.6-1",
                "install=${image}/${iso}",
                "boot/x86_64/loader/linux",
                "boot/x86_64/loader/initrd");
    }

    @Test
    void alpine() throws IOException {
        FakeDisc disc = new FakeDisc("alpine-std 3.20.3 x86_64")
                .text(".alpine-release", "alpine-std-3.20.3 240906\n")
                .with("boot/vmlinuz-lts", "boot/initramfs-lts", "boot/modloop-lts", "boot/vmlinuz-without");
        assertKnown(
                disc,
                "Alpine Linux (alpine-std-3.20.3 240906)",
                "ip=dhcp modules=loop,squashfs alpine_repo=${image}/${iso}/apks modloop=${image}/${iso}/boot/modloop-lts",
                "boot/vmlinuz-lts",
                "boot/initramfs-lts");
    }

    @Test
    void arch() throws IOException {
        FakeDisc disc = new FakeDisc("ARCH_202411")
                .with("arch/x86_64/airootfs.sfs", "arch/boot/x86_64/vmlinuz-linux")
                .with("arch/boot/x86_64/initramfs-linux.img");
        String arguments = "archisobasedir=arch archiso_http_srv=${image}/${iso}/ ip=dhcp";
        assertKnown(
                disc,
                "Arch Linux",
                arguments,
                "arch/boot/x86_64/vmlinuz-linux",
                "arch/boot/x86_64/initramfs-linux.img");
        disc.text("arch/version", "2024.11.01\n");
        assertEquals("Arch Linux 2024.11.01", recognise(disc).description());
    }

    @Test
    void memtest() throws IOException {
        Recognition known = recognise(new FakeDisc("MT86PLUS_64").with("EFI/BOOT/bootx64.efi"));
        assertEquals("Memtest86+ (MT86PLUS_64)", known.description());
        assertEquals(List.of("EFI/BOOT/bootx64.efi=nbp"), extras(known));
    }

    @Test
    void esxi() throws IOException {
        Recognition known = recognise(new FakeDisc("ESXI-8.0U3-24022510-STANDARD")
                .text("BOOT.CFG", "bootstate=0\ntitle=Loading ESXi installer\nkernel=/b.b00\n")
                .with("MBOOT.C32", "EFI/BOOT/BOOTX64.EFI"));
        assertEquals("VMware ESXi (ESXI-8.0U3-24022510-STANDARD)", known.description());
        assertEquals(List.of("EFI/BOOT/BOOTX64.EFI=nbp", "MBOOT.C32=other", "BOOT.CFG=other"), extras(known));
        assertTrue(known.boot().isEmpty());
    }

    @Test
    void whatOnlyLooksLikeOneIsNone() throws IOException {
        for (FakeDisc disc : List.of(
                new FakeDisc(""),
                new FakeDisc("Debian").text(".disk/info", "Debian without a kernel"),
                new FakeDisc("x").text(".disk/info", "Debian").with("install.amd/vmlinuz"),
                new FakeDisc("x").text(".alpine-release", "").with("boot/vmlinuz-lts", "boot/initramfs-lts"),
                new FakeDisc("x").text(".alpine-release", "3").with("boot/vmlinuz-l s", "boot/initramfs-l s"),
                new FakeDisc("x").text(".alpine-release", "3").with("boot/vmlinuz-a/b", "boot/initramfs-a/b"),
                new FakeDisc("MT86PLUS").with("readme"),
                new FakeDisc("x")
                        .text("boot.cfg", "title=ESXi" + "x".repeat(70_000))
                        .with("mboot.c32"))) {
            assertFalse(new DiscRecogniser(families).recognise(disc).isPresent(), disc.label());
        }
    }

    @Test
    void aDescriptionIsOneShortLine() throws IOException {
        FakeDisc disc = new FakeDisc("x")
                .text(".disk/info", "Debian \u001b[31m" + "x".repeat(300))
                .with("install.amd/vmlinuz", "install.amd/initrd.gz");
        String description = recognise(disc).description();
        assertTrue(description.startsWith("Debian ?[31mx"), description);
        assertEquals(200, description.length());
    }

    private void assertKnown(FakeDisc disc, String description, String arguments, String kernel, String... initrds)
            throws IOException {
        Recognition known = recognise(disc);
        DiscBoot boot = known.boot().orElseThrow();
        assertEquals(description, known.description());
        assertEquals(arguments, boot.arguments());
        assertEquals(kernel, boot.kernel().path());
        assertEquals(
                List.of(initrds), boot.initrds().stream().map(DiscFile::path).toList());
    }

    private Recognition recognise(FakeDisc disc) throws IOException {
        return new DiscRecogniser(families).recognise(disc).orElseThrow();
    }

    private static List<String> extras(Recognition known) {
        return known.extras().entrySet().stream()
                .map(extra -> extra.getKey().path() + "=" + extra.getValue())
                .toList();
    }
}
