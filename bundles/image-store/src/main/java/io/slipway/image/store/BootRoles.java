package io.slipway.image.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.slipway.image.ImageFile;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a file is for, told from its first bytes and its name. */
final class BootRoles {

    /** How many bytes from the start of a file tell its role. */
    static final int HEAD = 0x206;

    /** Linux x86 boot protocol, "The Real-Mode Kernel Header": magic "HdrS" at 0x202. */
    private static final Magic X86 = new Magic(0x202, "HdrS");
    /** Linux arm64 booting.rst, "Call the kernel image": magic "ARM\x64", which is "ARMd", at 56. */
    private static final Magic ARM64 = new Magic(0x38, "ARMd");

    private static final Pattern INITRD = Pattern.compile("(initrd|initramfs).*");
    private static final Pattern KERNEL = Pattern.compile("linux|vmlinu[xz].*|bzImage.*");

    private BootRoles() {}

    /** @param head the file's first {@link #HEAD} bytes, or all when it is shorter */
    static String of(String path, byte[] head) {
        if (X86.isIn(head) || ARM64.isIn(head)) {
            return ImageFile.KERNEL;
        }
        return INITRD.matcher(name(path)).matches() ? ImageFile.INITRD : byEnding(path);
    }

    /** For a file of an image that another tool made without saying roles. */
    static String ofName(String path) {
        if (KERNEL.matcher(name(path)).matches()) {
            return ImageFile.KERNEL;
        }
        return INITRD.matcher(name(path)).matches() ? ImageFile.INITRD : byEnding(path);
    }

    private static String byEnding(String path) {
        String name = name(path).toLowerCase(Locale.ROOT);
        if (name.endsWith(".iso")) {
            return ImageFile.ISO;
        }
        if (name.endsWith(".efi")) {
            return ImageFile.NBP;
        }
        return name.endsWith(".squashfs") || name.endsWith(".sfs") ? ImageFile.ROOTFS : ImageFile.OTHER;
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private record Magic(int offset, String text) {
        boolean isIn(byte[] head) {
            int end = offset + text.length();
            return head.length >= end && Arrays.equals(head, offset, end, text.getBytes(US_ASCII), 0, text.length());
        }
    }
}
