package io.slipway.itests.baseline;

import aQute.bnd.service.diff.Delta;
import aQute.bnd.service.diff.Tree;
import aQute.bnd.service.diff.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An API as a text that a person can review: a line an element, below its owner and two spaces further in. A line ends
 * with what it means to add the element and to remove it, where that is not the usual: {@code [added, removed]}.
 */
final class ApiText {

    /** What adding and removing means for most elements. */
    private static final List<Delta> USUAL = List.of(Delta.MINOR, Delta.MAJOR);

    private static final String INDENT = "  ";
    private static final Pattern LINE = Pattern.compile("( *)([a-z_]+) (.*?)(?: \\[([a-z]+), ([a-z]+)])?");

    private ApiText() {}

    static String of(Api api) {
        StringBuilder text = new StringBuilder();
        api.packages().forEach(element -> write(element, "", text));
        return text.toString();
    }

    /**
     * @throws IllegalArgumentException with the number of the line that is not of this form
     */
    static Api parse(String text) {
        List<String> lines = text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        return new Api(children(lines, 0, lines.size(), 0));
    }

    private static void write(Tree.Data element, String indent, StringBuilder text) {
        text.append(indent).append(word(element.type)).append(' ').append(escape(element.name));
        if (!List.of(element.add, element.rem).equals(USUAL)) {
            text.append(" [%s, %s]".formatted(word(element.add), word(element.rem)));
        }
        text.append('\n');
        Arrays.stream(element.children).forEach(child -> write(child, indent + INDENT, text));
    }

    /** The elements of one depth between two lines, each with those that follow it further in. */
    private static List<Tree.Data> children(List<String> lines, int from, int to, int depth) {
        List<Tree.Data> found = new ArrayList<>();
        int at = from;
        while (at < to) {
            int end = at + 1;
            while (end < to && depth(lines.get(end)) > depth) {
                end++;
            }
            found.add(element(lines.get(at), depth, children(lines, at + 1, end, depth + 1)));
            at = end;
        }
        return found;
    }

    private static int depth(String line) {
        return (line.length() - line.stripLeading().length()) / INDENT.length();
    }

    private static Tree.Data element(String line, int depth, List<Tree.Data> children) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches() || matcher.group(1).length() != depth * INDENT.length()) {
            throw new IllegalArgumentException("'" + line + "'; expected: type name [added, removed]");
        }
        boolean usual = matcher.group(4) == null;
        return Api.element(
                Type.valueOf(matcher.group(2).toUpperCase(Locale.ROOT)),
                unescape(matcher.group(3)),
                usual ? USUAL.get(0) : Delta.valueOf(matcher.group(4).toUpperCase(Locale.ROOT)),
                usual ? USUAL.get(1) : Delta.valueOf(matcher.group(5).toUpperCase(Locale.ROOT)),
                children);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** A constant's value may hold line breaks, or end like a rule. */
    private static String escape(String name) {
        return name.replace("\\", "\\\\")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace(" [", "\\ [");
    }

    private static String unescape(String text) {
        return Pattern.compile("\\\\(.)")
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(
                        switch (match.group(1)) {
                            case "n" -> "\n";
                            case "r" -> "\r";
                            default -> match.group(1);
                        }));
    }
}
