package io.slipway.boot;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One choice of a menu. Paths are absolute paths of {@link BootContent}, digest-pinned when they come from an image.
 * Further kinds may come: a loader leaves out an entry of a kind that it cannot express.
 *
 * <p>All text is one line without control characters, so that no value can add a line to a menu.
 */
public sealed interface BootEntry {

    /** Letters, digits and {@code . _ -}; unique in its menu. */
    String id();

    /** What the person reads. */
    String label();

    /**
     * A Linux kernel.
     *
     * @param initrds in the order in which they are joined; may be empty
     * @param arguments the kernel's command line, without {@code initrd=} and {@code BOOT_IMAGE=}
     */
    record Linux(String id, String label, String kernel, List<String> initrds, String arguments) implements BootEntry {
        public Linux {
            requireId(id);
            requireOneLine("label of '" + id + "'", label);
            requirePath("kernel of '" + id + "'", kernel);
            initrds = List.copyOf(initrds);
            initrds.forEach(path -> requirePath("initrd of '" + id + "'", path));
            requireOneLine("arguments of '" + id + "'", arguments);
        }
    }

    /** An EFI program, started with the arguments given. */
    record EfiProgram(String id, String label, String path, String arguments) implements BootEntry {
        public EfiProgram {
            requireId(id);
            requireOneLine("label of '" + id + "'", label);
            requirePath("program of '" + id + "'", path);
            requireOneLine("arguments of '" + id + "'", arguments);
        }
    }

    /** The next boot device. */
    record LocalBoot(String id, String label) implements BootEntry {
        public LocalBoot {
            requireId(id);
            requireOneLine("label of '" + id + "'", label);
        }
    }

    /**
     * Keeps a text to the one line that a menu has for it.
     *
     * @throws IllegalArgumentException when the text has a control character
     */
    static void requireOneLine(String what, String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(what + " has a line break or another control character");
        }
    }

    private static void requireId(String id) {
        if (!Patterns.ID.matcher(id).matches()) {
            throw new IllegalArgumentException("entry id '" + id + "'; expected letters, digits and . _ -");
        }
    }

    private static void requirePath(String what, String path) {
        if (!Patterns.PATH.matcher(path).matches()) {
            throw new IllegalArgumentException(
                    what + " is '" + path + "'; expected an absolute path of letters, digits and . _ ~ + @ % = / -");
        }
    }

    /** What ids and paths may hold: nothing that is syntax in any loader's menu. */
    final class Patterns {
        private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
        private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~+@%=/-]+");

        private Patterns() {}
    }
}
