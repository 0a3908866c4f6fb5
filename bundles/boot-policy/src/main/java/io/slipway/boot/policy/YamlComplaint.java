package io.slipway.boot.policy;

import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** What the parser says of a text that is not YAML, on one line, with a cure where one is known. */
final class YamlComplaint {

    /** Of a text that a message quotes, in characters. */
    private static final int MAX_LENGTH = 60;

    private YamlComplaint() {}

    static String of(MarkedYamlEngineException e) {
        String context = e.getContext() == null ? "" : e.getContext();
        String problem = e.getProblem() == null ? "not YAML" : e.getProblem();
        if (context.contains("an alias") || problem.contains("undefined alias")) {
            return oneLine(problem) + "; a text that begins with * must be in quotes";
        }
        if (problem.contains("'\\t(TAB)'")) {
            return "a tab; indent with blanks";
        }
        return oneLine(context.isEmpty() ? problem : problem + " " + context);
    }

    static String of(YamlEngineException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("aliases")
                ? "more than " + YamlValue.MAX_ALIASES + " aliases of lists or mappings; write them out"
                : oneLine(message);
    }

    /** A text from a file, short enough to be quoted in a message. */
    static String shorten(String text) {
        return shorten(text, MAX_LENGTH);
    }

    static String shorten(String text, int length) {
        String line = oneLine(text);
        return line.codePointCount(0, line.length()) <= length
                ? line
                : line.substring(0, line.offsetByCodePoints(0, length)) + "…";
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    }
}
