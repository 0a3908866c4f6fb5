package io.slipway.loader.pxelinux;

import io.slipway.boot.BootEntry;
import io.slipway.boot.BootMenu;
import java.nio.charset.StandardCharsets;

/**
 * Writes a menu as PXELINUX reads it (syslinux 6.03, {@code com32/elflink/ldlinux/readconfig.c}).
 *
 * @param serial what follows {@code SERIAL}; empty for none
 */
record PxelinuxMenu(String serial) {

    /** Bytes: the longest command line of a Linux kernel on x86 that the boot protocol promises, less its NUL. */
    static final int MAX_COMMAND_LINE = 2047;

    /** What fits a line of menu.c32 on a screen of 80 columns. */
    private static final int MAX_LABEL = 68;

    /** Tenths of a second: the most that TIMEOUT takes. */
    private static final long MAX_TIMEOUT = 35_996;

    /** Whether PXELINUX can boot an entry: not an EFI program, and not a command line that is too long. */
    static boolean canExpress(BootEntry entry) {
        return entry instanceof BootEntry.LocalBoot
                || (entry instanceof BootEntry.Linux linux && commandLineLength(linux) <= MAX_COMMAND_LINE);
    }

    private static int commandLineLength(BootEntry.Linux linux) {
        String whole = linux.kernel() + " " + linux.arguments() + " initrd=" + initrds(linux);
        return whole.getBytes(StandardCharsets.UTF_8).length;
    }

    String write(BootMenu menu) {
        StringBuilder text = new StringBuilder();
        if (!serial.isEmpty()) {
            line(text, "SERIAL " + serial);
        }
        line(text, "DEFAULT " + menu.defaultId());
        line(text, "PROMPT 0");
        if (!menu.timeout().isZero()) {
            long tenths = Math.max(1, Math.min(MAX_TIMEOUT, menu.timeout().toMillis() / 100));
            line(text, "TIMEOUT " + tenths);
            line(text, "UI menu.c32");
            line(text, "MENU TITLE " + shown(menu.title()));
        }
        for (BootEntry entry : menu.entries()) {
            if (canExpress(entry)) {
                write(entry, entry.id().equals(menu.defaultId()), text);
            }
        }
        return text.toString();
    }

    private static void write(BootEntry entry, boolean isDefault, StringBuilder text) {
        line(text, "LABEL " + entry.id());
        line(text, "  MENU LABEL " + (entry.label().isBlank() ? entry.id() : shown(entry.label())));
        if (isDefault) {
            line(text, "  MENU DEFAULT");
        }
        if (entry instanceof BootEntry.Linux linux) {
            // LINUX and not KERNEL, which guesses the file's kind from its name.
            line(text, "  LINUX " + linux.kernel());
            if (!linux.initrds().isEmpty()) {
                line(text, "  INITRD " + initrds(linux));
            }
            if (!linux.arguments().isBlank()) {
                line(text, "  APPEND " + linux.arguments());
            }
        } else {
            line(text, "  LOCALBOOT 0");
        }
    }

    private static String initrds(BootEntry.Linux linux) {
        return String.join(",", linux.initrds());
    }

    /** A caret would mark a hot key, and the screen of a BIOS has no more than ASCII. */
    private static String shown(String text) {
        String ascii = text.replace("^", "").replaceAll("[^ -~]", "?");
        return ascii.length() <= MAX_LABEL ? ascii : ascii.substring(0, MAX_LABEL);
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
