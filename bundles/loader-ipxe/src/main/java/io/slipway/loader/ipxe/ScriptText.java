package io.slipway.loader.ipxe;

import java.util.regex.Pattern;

/**
 * Text of others in a line of a script. iPXE knows no quotes (ipxe {@code src/core/exec.c}): a line is cut at blanks,
 * {@code ||}, {@code &&} and {@code ;} as whole words end a command, a word that begins with {@code #} ends the line,
 * and a backslash at the end of a line joins it with the next ({@code src/image/script.c}). After that
 * <code>${name}</code> is expanded within each word, over and over, the innermost first; what comes out is not cut
 * again. So a setting that is not there, put before or behind a word, takes every meaning from it.
 */
final class ScriptText {

    /** The line that must come before any text with more than one blank in a row. */
    static final String BLANK_SETTING = "set blank:hex 20";

    private static final String NOTHING = "${nothing}";
    private static final String BLANK = "${blank:string}";
    private static final Pattern EXPANSION = Pattern.compile("\\$\\{[^ ]*}");
    private static final Pattern SPECIAL = Pattern.compile("#.*|\\|\\||&&|;", Pattern.DOTALL);

    private ScriptText() {}

    /** Whether a command line can be told to iPXE as it is: there is no way to write an expansion that stays. */
    static boolean canExpress(String commandLine) {
        return !EXPANSION.matcher(commandLine).find();
    }

    /** A command line that {@link #canExpress} allows, byte for byte, without blanks at its ends. */
    static String exact(String commandLine) {
        StringBuilder words = new StringBuilder();
        String[] parts = commandLine.strip().split(" ", -1);
        for (int i = 0; i < parts.length; i++) {
            // Of several blanks in a row all but the last are part of the word before them.
            if (parts[i].isEmpty() && i > 0) {
                words.append(BLANK);
            } else {
                words.append(i > 0 ? " " : "").append(word(parts[i]));
            }
        }
        return words.toString();
    }

    /** Text that is only shown: in ASCII, cut to the screen, with a blank in what would be expanded. */
    static String shown(String text, int most) {
        String ascii = text.replaceAll("[^ -~]", "?").replaceAll(" +", " ").strip();
        String cut = ascii.length() <= most ? ascii : ascii.substring(0, most).strip();
        return exact(cut.replace("${", "$ {"));
    }

    private static String word(String word) {
        String safe = SPECIAL.matcher(word).matches() ? NOTHING + word : word;
        return safe.endsWith("\\") ? safe + NOTHING : safe;
    }
}
