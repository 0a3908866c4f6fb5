package io.slipway.image.store.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.image.Image;
import io.slipway.image.ImageFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IsoSourceTest {

    private static final Instant MODIFIED = Instant.parse("2026-07-07T20:29:00Z");

    @TempDir
    private Path folder;

    private Path iso;
    private DiscFamilies families;

    @BeforeEach
    void makeIso() throws IOException {
        iso = Files.writeString(folder.resolve("Fedora Server 40.iso"), "the disc");
        Files.setLastModifiedTime(iso, FileTime.from(MODIFIED));
        families = DiscFamilies.read(Optional.empty());
    }

    @Test
    void handsOverTheDiscAndWhatItBootsWith() throws IOException {
        FakeDisc disc = new FakeDisc("Fedora-S-dvd-x86_64-40")
                .with("images/pxeboot/vmlinuz", "images/pxeboot/initrd.img", "images/install.img")
                .with("repodata/repomd.xml")
                .text(".treeinfo", "[general]\nname = Fedora 40\nversion = 40\n[release]\nname = Fedora\n");
        RecordingIntake intake = RecordingIntake.of(source(disc, Optional.empty()));
        assertEquals(
                Map.of(
                        "Fedora-Server-40.iso", "the disc",
                        "images/pxeboot/vmlinuz", "images/pxeboot/vmlinuz",
                        "images/pxeboot/initrd.img", "images/pxeboot/initrd.img"),
                intake.texts());
        assertEquals(
                Map.of(
                        "Fedora-Server-40.iso", ImageFile.ISO,
                        "images/pxeboot/vmlinuz", ImageFile.KERNEL,
                        "images/pxeboot/initrd.img", ImageFile.INITRD),
                roles(intake));
        assertEquals(MODIFIED, intake.files.get("Fedora-Server-40.iso").modified());
        assertEquals(
                Instant.ofEpochSecond(7),
                intake.files.get("images/pxeboot/vmlinuz").modified());
        assertEquals("Fedora 40", intake.annotations.get(Image.DESCRIPTION));
        assertEquals("inst.repo=${image}/Fedora-Server-40.iso", intake.annotations.get(Image.ARGUMENTS));
        assertTrue(disc.isClosed());
    }

    @Test
    void aDiscThatCannotBootByKernelHasItsFilesAndANote() throws IOException {
        FakeDisc disc = new FakeDisc("CCCOMA_X64FRE").with("BOOTMGR", "boot/BCD", "boot/boot.sdi", "sources/boot.wim");
        RecordingIntake intake = RecordingIntake.of(source(disc, Optional.empty()));
        assertEquals(
                Map.of(
                        "Fedora-Server-40.iso", ImageFile.ISO,
                        "BOOTMGR", ImageFile.OTHER,
                        "boot/BCD", ImageFile.OTHER,
                        "boot/boot.sdi", ImageFile.OTHER,
                        "sources/boot.wim", ImageFile.OTHER),
                roles(intake));
        assertEquals("Windows CCCOMA_X64FRE", intake.annotations.get(Image.DESCRIPTION));
        assertTrue(intake.annotations.get(IsoSource.NOTE).contains("wimboot"));
        assertFalse(intake.annotations.containsKey(Image.ARGUMENTS));
    }

    @Test
    void whatIsNamedIsTakenFromAnUnknownDisc() throws IOException {
        FakeDisc disc = new FakeDisc("").with("sys/k", "sys/one", "sys/two");
        NamedFiles named = new NamedFiles("/sys/k", List.of("sys/two", "sys/one"));
        RecordingIntake intake = RecordingIntake.of(source(disc, Optional.of(named)));
        assertEquals(
                List.of("Fedora-Server-40.iso", "sys/k", "sys/two", "sys/one"), List.copyOf(intake.files.keySet()));
        assertEquals(Map.of(), intake.annotations);
    }

    @Test
    void whatIsNamedGoesBeforeWhatIsRecognised() throws IOException {
        FakeDisc disc = new FakeDisc("d-live")
                .with("live/filesystem.squashfs", "live/vmlinuz", "live/initrd.img", "live/other")
                .text(".disk/info", "Debian GNU/Linux Live 12\n");
        NamedFiles named = new NamedFiles("live/other", List.of());
        RecordingIntake intake = RecordingIntake.of(source(disc, Optional.of(named)));
        assertEquals(List.of("Fedora-Server-40.iso", "live/other"), List.copyOf(intake.files.keySet()));
        assertEquals("Debian GNU/Linux Live 12", intake.annotations.get(Image.DESCRIPTION));
        assertEquals(
                "boot=live components fetch=${image}/Fedora-Server-40.iso/live/filesystem.squashfs",
                intake.annotations.get(Image.ARGUMENTS));
    }

    @Test
    void anUnknownDiscIsRefusedAndItsLikelyFilesAreNamed() {
        FakeDisc disc = new FakeDisc("?")
                .with("sys/vmlinuz-5", "sys/Initramfs.img", "readme")
                .with("bzImage");
        String message = failure(disc, Optional.empty());
        assertTrue(message.startsWith(iso + " is a disc of no kind that is known here"), message);
        assertTrue(message.contains("kernel=PATH initrd=PATH"), message);
        assertTrue(
                message.contains("like a kernel: bzImage, sys/vmlinuz-5; like an initrd: sys/Initramfs.img"), message);
        assertTrue(disc.isClosed());
        assertTrue(failure(new FakeDisc("?").with("readme"), Optional.empty())
                .endsWith("No file on it looks like a kernel; none like an initrd"));
    }

    @Test
    void aFileThatIsNamedAndNotThereIsNamed() {
        FakeDisc disc = new FakeDisc("?").with("vmlinuz");
        assertTrue(failure(disc, Optional.of(new NamedFiles("linux", List.of())))
                .contains(
                        "has no file 'linux', which is to be its kernel; name one that is there. Files that look like a"
                                + " kernel: vmlinuz"));
        assertTrue(failure(disc, Optional.of(new NamedFiles("vmlinuz", List.of("initrd"))))
                .contains("'initrd', which is to be its initrd"));
    }

    @Test
    void aFileThatIsNoDiscIsRefusedByTheCodec() throws IOException {
        IsoSource source = new IsoSource(iso, Optional.empty(), families);
        assertEquals(iso.toString(), source.name());
        String message = assertThrows(IOException.class, () -> RecordingIntake.of(source))
                .getMessage();
        assertTrue(message.contains(iso.toString()), message);
        Path none = folder.resolve("none.iso");
        assertTrue(assertThrows(IOException.class, () -> new IsoSource(none, Optional.empty(), families))
                .getMessage()
                .startsWith(none + " is not a file"));
    }

    @Test
    void namesAreMadePlain() {
        assertEquals("debian-12.iso", FileNames.iso("debian-12.iso"));
        assertEquals("Debian-12.ISO", FileNames.iso("Debian 12.ISO"));
        assertEquals("gr-n.img.iso", FileNames.iso("gr\u00fcn.img"));
        assertEquals("disc.iso", FileNames.iso("\u00fc"));
        assertEquals("etc-passwd.iso", FileNames.iso("../etc/passwd"));
        assertEquals(128, FileNames.iso("a".repeat(300) + ".iso").length());
        assertEquals("file", FileNames.plain("...", "file"));
    }

    @Test
    void refusesNamesOfNothing() {
        for (String path : new String[] {"", " ", "/", "//"}) {
            assertTrue(assertThrows(IllegalArgumentException.class, () -> new NamedFiles(path, List.of()))
                    .getMessage()
                    .startsWith("kernel="));
            assertTrue(assertThrows(IllegalArgumentException.class, () -> new NamedFiles("k", List.of(path)))
                    .getMessage()
                    .startsWith("initrd="));
        }
    }

    private IsoSource source(FakeDisc disc, Optional<NamedFiles> named) throws IOException {
        return new IsoSource(LocalFile.of(iso), named, families, path -> disc);
    }

    private String failure(FakeDisc disc, Optional<NamedFiles> named) {
        return assertThrows(IOException.class, () -> RecordingIntake.of(source(disc, named)))
                .getMessage();
    }

    private static Map<String, String> roles(RecordingIntake intake) {
        Map<String, String> roles = new TreeMap<>();
        intake.files.forEach((path, file) -> roles.put(path, file.role().orElseThrow()));
        return roles;
    }
}
