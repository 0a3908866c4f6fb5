package io.slipway.image.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;

/** Boot files with the headers that tell what they are. */
final class TestFiles {

    static final Instant NEWEST = Instant.parse("2026-07-07T20:29:00Z");

    private TestFiles() {}

    /** The shape of Debian's netboot tree, with its links; the newest file is from {@link #NEWEST}. */
    static Path debianTree(Path folder) throws IOException {
        Path amd64 = Files.createDirectories(folder.resolve("debian-installer/amd64"));
        write(amd64.resolve("linux"), x86Kernel(5000));
        write(amd64.resolve("initrd.gz"), new byte[200_000]);
        write(amd64.resolve("pxelinux.0"), "pxelinux".getBytes(US_ASCII));
        write(Files.createDirectories(amd64.resolve("boot-screens")).resolve("menu.cfg"), "menu".getBytes(US_ASCII));
        Files.createSymbolicLink(
                Files.createDirectories(amd64.resolve("pxelinux.cfg")).resolve("default"),
                Path.of("../boot-screens/menu.cfg"));
        Files.createSymbolicLink(folder.resolve("pxelinux.0"), Path.of("debian-installer/amd64/pxelinux.0"));
        Files.createSymbolicLink(folder.resolve("pxelinux.cfg"), Path.of("debian-installer/amd64/pxelinux.cfg"));
        Files.setLastModifiedTime(amd64.resolve("initrd.gz"), FileTime.from(NEWEST.plusMillis(250)));
        return folder;
    }

    static Path write(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes);
        return Files.setLastModifiedTime(file, FileTime.from(NEWEST.minusSeconds(86_400)));
    }

    static byte[] x86Kernel(int length) {
        return with(length, 0x202, "HdrS");
    }

    static byte[] arm64Kernel(int length) {
        return with(length, 0x38, "ARMd");
    }

    static byte[] head(byte[] bytes, int length) {
        return Arrays.copyOf(bytes, length);
    }

    private static byte[] with(int length, int offset, String magic) {
        byte[] bytes = new byte[length];
        System.arraycopy(magic.getBytes(US_ASCII), 0, bytes, offset, magic.length());
        return bytes;
    }
}
