package io.slipway.itests.architecture;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules of the house that only the text of a source shows. */
final class SourceRules {

    /** No file is longer, in lines. */
    static final int LONGEST = 400;

    /** Nine of ten files are not longer, in lines. */
    static final int LONG = 250;

    /** Half of the files are not longer, in lines. */
    static final int USUAL = 100;

    private static final Pattern BROAD_CATCH =
            Pattern.compile("catch \\((?:final )?(?:Exception|RuntimeException|Throwable) (\\w+)\\) \\{");
    private static final Pattern EMPTY_CATCH = Pattern.compile("catch \\([^)]*\\) \\{\\s*}");

    private SourceRules() {}

    /** Catches that say nothing, and broad ones that drop what they caught. */
    static List<String> swallowed(String source) {
        List<String> empty = EMPTY_CATCH
                .matcher(source)
                .results()
                .map(found -> found.group())
                .toList();
        if (!empty.isEmpty()) {
            return empty;
        }
        return BROAD_CATCH
                .matcher(source)
                .results()
                .filter(found -> !uses(block(source, found.end()), found.group(1)))
                .map(found -> found.group())
                .toList();
    }

    static int lines(String source) {
        return (int) source.lines().count();
    }

    /** The text from a position behind an opening brace to the brace that closes it. */
    private static String block(String source, int start) {
        int depth = 1;
        int end = start;
        while (end < source.length() && depth > 0) {
            char c = source.charAt(end);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            end++;
        }
        return source.substring(start, end);
    }

    private static boolean uses(String block, String name) {
        Matcher matcher = Pattern.compile("\\b" + name + "\\b").matcher(block);
        return matcher.find();
    }
}
