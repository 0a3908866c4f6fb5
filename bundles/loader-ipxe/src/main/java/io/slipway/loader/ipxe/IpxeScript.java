package io.slipway.loader.ipxe;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootEntry;
import io.slipway.boot.BootMenu;
import io.slipway.boot.FirmwareArchitecture;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a menu as a script of iPXE (1.0 of 2012 and later). Paths are absolute: iPXE resolves them against the URL of
 * the script, so they keep its server, port and protocol.
 *
 * @param isEfi whether EFI programs can be started
 * @param hasMenu whether this iPXE can show a menu; without, the default boots at once
 */
record IpxeScript(boolean isEfi, boolean hasMenu) {

    /** Bytes: the longest command line that a Linux kernel promises to take on x86, less its NUL. */
    private static final int MAX_COMMAND_LINE = 2047;

    /** What fits a line of the menu on a screen of 80 columns. */
    private static final int MAX_LABEL = 70;

    static IpxeScript of(BootClient client) {
        boolean isBios = client.architecture().isSameKindAs(FirmwareArchitecture.BIOS_X86);
        return new IpxeScript(
                !isBios, client.features().isEmpty() || client.features().contains("menu"));
    }

    /** Whether iPXE can boot an entry. */
    boolean canExpress(BootEntry entry) {
        if (entry instanceof BootEntry.Linux linux) {
            String whole = linux.kernel() + " " + arguments(linux);
            return ScriptText.canExpress(whole) && whole.getBytes(StandardCharsets.UTF_8).length <= MAX_COMMAND_LINE;
        }
        if (entry instanceof BootEntry.EfiProgram program) {
            return isEfi && ScriptText.canExpress(program.arguments());
        }
        return entry instanceof BootEntry.LocalBoot;
    }

    String write(BootMenu menu) {
        List<BootEntry> entries =
                menu.entries().stream().filter(this::canExpress).toList();
        List<String> lines = new ArrayList<>(List.of("#!ipxe", "imgfree", ScriptText.BLANK_SETTING));
        String first = entries.stream()
                .map(BootEntry::id)
                .filter(menu.defaultId()::equals)
                .findFirst()
                .or(() -> entries.stream().map(BootEntry::id).findFirst())
                .map(id -> "entry-" + id)
                .orElse("failed");
        if (hasMenu && !menu.timeout().isZero() && !entries.isEmpty()) {
            lines.addAll(choice(menu, entries, first.substring("entry-".length())));
        } else {
            lines.add("goto " + first);
        }
        for (BootEntry entry : entries) {
            lines.add(":entry-" + entry.id());
            lines.addAll(commands(entry));
        }
        lines.addAll(ending());
        return String.join("\n", lines) + "\n";
    }

    /** Escape shows the menu again; {@code --} because a title may begin like an option. No menu: no choice. */
    private static List<String> choice(BootMenu menu, List<BootEntry> entries, String first) {
        List<String> lines = new ArrayList<>();
        lines.add(":menu");
        lines.add("menu -- " + ScriptText.shown(menu.title(), MAX_LABEL) + " || goto entry-" + first);
        for (BootEntry entry : entries) {
            String label = ScriptText.shown(entry.label(), MAX_LABEL);
            lines.add("item " + entry.id() + " " + (label.isEmpty() ? entry.id() : label));
        }
        lines.add("choose --default " + first + " --timeout " + menu.timeout().toMillis() + " chosen || goto menu");
        lines.add("goto entry-${chosen}");
        return lines;
    }

    private static List<String> commands(BootEntry entry) {
        if (entry instanceof BootEntry.Linux linux) {
            List<String> lines = new ArrayList<>();
            lines.add("kernel " + uri(linux.kernel()) + words(arguments(linux)) + " || goto failed");
            for (int i = 0; i < linux.initrds().size(); i++) {
                lines.add("initrd --name " + name(i) + " " + uri(linux.initrds().get(i)) + " || goto failed");
            }
            lines.add("boot || goto failed");
            return lines;
        }
        if (entry instanceof BootEntry.EfiProgram program) {
            String command = "chain " + uri(program.path()) + words(program.arguments());
            return List.of(command + " || goto failed", "goto next-device");
        }
        return List.of("goto next-device");
    }

    private static String words(String commandLine) {
        return commandLine.isBlank() ? "" : " " + ScriptText.exact(commandLine);
    }

    /**
     * What the kernel is told. A kernel that is an EFI program finds its initrds by these names
     * in the file system that iPXE shows it; under BIOS they are handed over in memory, and the names do no harm. The
     * names are given, because two initrds may be called alike.
     */
    private static String arguments(BootEntry.Linux linux) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < linux.initrds().size(); i++) {
            text.append("initrd=").append(name(i)).append(' ');
        }
        return text.append(linux.arguments().strip()).toString();
    }

    private static String name(int number) {
        return "initrd" + number + ".img";
    }

    /** iPXE decodes what looks encoded in a path. */
    private static String uri(String path) {
        return path.replace("%", "%25");
    }

    /**
     * The next device: UEFI goes on when the program fails, and opens its setup when it succeeds; a BIOS may not know
     * how to go on, so its first disk is started here. After a failure the script is asked for anew, which also brings
     * what has been decided since.
     */
    private static List<String> ending() {
        return List.of(
                ":next-device",
                "iseq ${platform} efi && exit 1 ||",
                "sanboot --no-describe --drive 0x80 ||",
                "exit",
                ":failed",
                "echo",
                "prompt --timeout 10000 Booting failed. It is tried again in 10 seconds, or when a key is pressed. ||",
                "chain --replace --autofree " + IpxeBootloader.SCRIPT + " || goto failed");
    }
}
