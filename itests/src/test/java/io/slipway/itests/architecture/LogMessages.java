package io.slipway.itests.architecture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The warnings and errors that a source logs, and where a page tells of them. */
final class LogMessages {

    /** Besides the logger's own methods, the one by which sockets say a trouble once. */
    private static final Pattern CALL = Pattern.compile("\\b(?:(?i:log)\\s*\\.\\s*(warn|error)|(complain))\\s*\\(");

    private LogMessages() {}

    /**
     * One message.
     *
     * @param line of the call
     * @param level WARN or ERROR
     * @param fragments the text between what differs, in order; none when the call passes on what it was given
     */
    record Message(int line, String level, List<String> fragments) {

        /** Whether a paragraph or list item begins with the level and has all of the text, in order. */
        boolean isIn(List<String> paragraphs) {
            String text = fragments.stream().map(Pattern::quote).collect(Collectors.joining(".*?"));
            Pattern entry = Pattern.compile(level + " .*?" + text + ".*");
            return paragraphs.stream()
                    .anyMatch(paragraph -> entry.matcher(paragraph).matches());
        }

        @Override
        public String toString() {
            return level + " " + (fragments.isEmpty() ? "without a text of its own" : String.join(" … ", fragments));
        }
    }

    /** What a source logs. A call without a text passes on what {@code complain} was given, if the source has that. */
    static List<Message> in(String source) {
        List<Message> messages = new ArrayList<>();
        boolean passesOn = source.contains("complain(String ");
        Matcher call = CALL.matcher(source);
        while (call.find()) {
            boolean isLogger = call.group(1) != null;
            List<String> arguments = texts(source, call.end());
            // the text is a logger's first argument; behind what is complained of, it is the second
            String text = isLogger ? arguments.get(0) : arguments.get(arguments.size() - 1);
            List<String> fragments = Arrays.stream(text.split("\\{}"))
                    .map(LogMessages::plain)
                    .filter(fragment -> !fragment.isEmpty())
                    .toList();
            if (!fragments.isEmpty() || (isLogger && !passesOn)) {
                int line = 1
                        + (int) source.substring(0, call.start())
                                .chars()
                                .filter(c -> c == '\n')
                                .count();
                messages.add(new Message(line, isLogger ? call.group(1).toUpperCase(Locale.ROOT) : "WARN", fragments));
            }
        }
        return messages;
    }

    /** The paragraphs and list items of a page, each on one line and without marks. */
    static List<String> paragraphs(String page) {
        return Arrays.stream(page.split("\\n\\s*\\n(?:- )?|\\n- "))
                .map(LogMessages::plain)
                .toList();
    }

    private static String plain(String text) {
        return text.replace("`", "").replaceAll("\\s+", " ").strip();
    }

    /** The texts of a call's arguments: their literals, with {@code {}} for what else they have. */
    private static List<String> texts(String source, int start) {
        List<String> texts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        int depth = 1;
        int at = start;
        while (depth > 0) {
            char c = source.charAt(at);
            if (c == '"') {
                int end = endOfLiteral(source, at);
                text.append(source.substring(at + 1, end).translateEscapes());
                at = end;
            } else if (c == '(' || c == ')') {
                depth += c == '(' ? 1 : -1;
            } else if (c == ',' && depth == 1) {
                texts.add(text.toString());
                text.setLength(0);
            } else if (c != '+'
                    && !Character.isWhitespace(c)
                    && !text.toString().endsWith("{}")) {
                text.append("{}");
            }
            at++;
        }
        texts.add(text.toString());
        return texts;
    }

    private static int endOfLiteral(String source, int quote) {
        int at = quote + 1;
        while (source.charAt(at) != '"') {
            at += source.charAt(at) == '\\' ? 2 : 1;
        }
        return at;
    }
}
