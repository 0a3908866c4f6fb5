package io.slipway.loader.grub;

import io.slipway.boot.BootEntry;
import io.slipway.boot.BootMenu;
import io.slipway.boot.BootTransport;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a menu as GRUB reads it (GRUB 2.06 manual, section 6). Paths are plain: GRUB's {@code root} is the server
 * that it came from.
 *
 * @param serial the options of GRUB's command {@code serial}; empty for none
 * @param transport how GRUB fetches its files
 */
record GrubMenu(String serial, BootTransport transport) {

    /** Whether GRUB can boot an entry. */
    static boolean canExpress(BootEntry entry) {
        return entry instanceof BootEntry.Linux
                || entry instanceof BootEntry.EfiProgram
                || entry instanceof BootEntry.LocalBoot;
    }

    String write(BootMenu menu) {
        StringBuilder text = new StringBuilder();
        if (!serial.isEmpty()) {
            line(text, "serial " + serial);
            line(text, "terminal_input serial console");
            line(text, "terminal_output serial console");
        }
        List<BootEntry> entries =
                menu.entries().stream().filter(GrubMenu::canExpress).toList();
        // Its number and not its id: GRUB takes an id such as 12-server for the number 12, and compares titles before
        // ids (grub-core/normal/menu.c, get_entry_number).
        line(text, "set default=" + Math.max(0, entries.indexOf(menu.defaultEntry())));
        line(text, "set timeout=" + (menu.timeout().toMillis() + 999) / 1000);
        for (BootEntry entry : entries) {
            String label = entry.label().isBlank() ? entry.id() : entry.label();
            line(text, "menuentry " + quoted(label) + " --id " + quoted(entry.id()) + " {");
            commands(entry).forEach(command -> line(text, "  " + command));
            line(text, "}");
        }
        return text.toString();
    }

    private List<String> commands(BootEntry entry) {
        if (entry instanceof BootEntry.Linux linux) {
            String kernel = "linux " + quoted(path(linux.kernel())) + words(linux.arguments());
            String initrds = all(linux.initrds().stream().map(this::path).toList());
            return initrds.isEmpty() ? List.of(kernel) : List.of(kernel, "initrd" + initrds);
        }
        if (entry instanceof BootEntry.EfiProgram program) {
            return List.of("chainloader " + quoted(path(program.path())) + words(program.arguments()));
        }
        // GRUB's way back to the firmware, which goes on with its next device.
        return List.of("exit 1");
    }

    /** GRUB puts a path into an HTTP request as it is (grub-core/net/http.c), and the server decodes it. */
    private String path(String path) {
        return transport == BootTransport.HTTP ? path.replace("%", "%25") : path;
    }

    /**
     * A command line as GRUB's words. GRUB joins its words with blanks and puts a word that has a blank in double
     * quotes (grub-core/lib/cmdline.c), so a quoted run with blanks is one word here, without its quotes: what the
     * kernel makes of both is the same. A backslash or a quote that is left in a word reaches the kernel with a
     * backslash before it: GRUB has no other way.
     */
    private static String words(String commandLine) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean isQuoted = false;
        for (int i = 0; i < commandLine.length(); i++) {
            char c = commandLine.charAt(i);
            if (c == '"') {
                isQuoted = !isQuoted;
            } else if (c != ' ' || isQuoted) {
                word.append(c);
            } else {
                words.add(word.toString());
                word.setLength(0);
            }
        }
        words.add(word.toString());
        words.removeIf(String::isEmpty);
        return all(words);
    }

    private static String all(List<String> words) {
        StringBuilder text = new StringBuilder();
        words.forEach(word -> text.append(' ').append(quoted(word)));
        return text.toString();
    }

    /** Nothing is special between single quotes but the single quote itself (GRUB manual, section 6.3). */
    static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
