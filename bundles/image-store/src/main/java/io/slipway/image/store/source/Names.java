package io.slipway.image.store.source;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The paths of one image while it is put together. Each is there once, also for those who ask without regard to case, as
 * many TFTP clients do; and none is a file and a folder at once. Not safe for use by many threads.
 */
public final class Names {

    /** In characters. What is longer fits in no TFTP request and in few boot menus. */
    public static final int LONGEST = 1024;

    private final String source;
    private final Map<String, String> files = new HashMap<>();
    /** Every folder, and one file that is in it. */
    private final Map<String, String> folders = new HashMap<>();

    /** @param source what messages call the thing that holds the files */
    public Names(String source) {
        this.source = source;
    }

    /**
     * Adds a path, {@code /}-separated and relative.
     *
     * @throws IOException machines could not ask for it, or it clashes with one that was added; names both and the cure
     */
    public void add(String path) throws IOException {
        check(path);
        String folded = folded(path);
        String same = files.putIfAbsent(folded, path);
        if (same != null) {
            throw same.equals(path) ? twice(path) : onlyInCase(same, path);
        }
        String inside = folders.get(folded);
        if (inside != null) {
            throw fileAndFolder(path, inside);
        }
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            String folder = folded(path.substring(0, slash));
            String file = files.get(folder);
            if (file != null) {
                throw fileAndFolder(file, path);
            }
            folders.putIfAbsent(folder, path);
        }
    }

    /** A text of somebody else's as a message may show it: control characters replaced, and not too long. */
    public static String shown(String text) {
        String whole = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        return whole.replaceAll("[\\p{Cc}\\p{Cs}\\u2028\\u2029]", "?");
    }

    private void check(String path) throws IOException {
        if (path.length() > LONGEST) {
            throw new IOException(source + " holds a file with a path of " + path.length()
                    + " characters; give it one of at most " + LONGEST + ": '" + shown(path.substring(0, 60)) + "…'");
        }
        if (path.chars().anyMatch(c -> c == '\\' || Character.isISOControl(c))) {
            throw new IOException(source + " holds a file whose name has a backslash or a control character: '"
                    + shown(path) + "'; rename it");
        }
        if (path.indexOf('\uFFFD') >= 0 || !isWellFormed(path)) {
            throw new IOException(
                    source + " holds a file whose name is not valid UTF-8: '" + shown(path) + "'; rename it");
        }
        for (String segment : path.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw new IOException(source + " holds a file with the path '" + path
                        + "'; expected a relative path without empty, . or .. segments: rename it");
            }
        }
    }

    /** Whether every surrogate has its other half. */
    private static boolean isWellFormed(String path) {
        return path.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private static String folded(String path) {
        return path.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    private IOException twice(String path) {
        return new IOException(source + " holds '" + path + "' twice; remove one of the two");
    }

    private IOException onlyInCase(String one, String other) {
        return new IOException(source + " holds '" + one + "' and '" + other + "', which differ only in case, and"
                + " machines ask by TFTP without regard to case; rename or remove one of the two");
    }

    private IOException fileAndFolder(String file, String inside) {
        return new IOException(source + " holds '" + file + "' as a file, and '" + inside
                + "' in a folder of that name; rename one of the two");
    }
}
