package io.slipway.dhcp.handlers.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads JSON as Kea takes it: with comments of the shell, of C and of C++, and with commas behind the last item. Jackson
 * reads that, too, but its tree has no lines, and what is not translated is to be found.
 */
final class JsonReader {

    private static final int DEEPEST = 60;

    private final Source source;
    private final String text;
    private int at;
    private int line = 1;

    private JsonReader(Source source) {
        this.source = source;
        this.text = source.text();
    }

    static JsonValue read(Source source) throws BrokenFileException {
        JsonReader reader = new JsonReader(source);
        JsonValue value = reader.value(0);
        reader.skipBlanks();
        if (reader.at < reader.text.length()) {
            throw reader.broken("'" + reader.text.charAt(reader.at) + "' behind the end of the value");
        }
        return value;
    }

    private JsonValue value(int depth) throws BrokenFileException {
        skipBlanks();
        if (at == text.length()) {
            throw broken("the file ends where a value is expected");
        }
        if (depth > DEEPEST) {
            throw broken("more than " + DEEPEST + " levels");
        }
        int start = line;
        char c = text.charAt(at);
        return switch (c) {
            case '{' -> new JsonValue(start, Optional.of(object(depth)));
            case '[' -> new JsonValue(start, Optional.of(array(depth)));
            case '"' -> new JsonValue(start, Optional.of(string()));
            default -> new JsonValue(start, literal());
        };
    }

    private Map<String, JsonValue> object(int depth) throws BrokenFileException {
        int start = line;
        Map<String, JsonValue> members = JsonValue.object();
        at++;
        while (!closes('}', start)) {
            if (text.charAt(at) != '"') {
                throw broken("'" + text.charAt(at) + "' where a name in quotes or '}' is expected");
            }
            String name = string();
            skipBlanks();
            if (at == text.length() || text.charAt(at) != ':') {
                throw broken("':' is missing behind \"" + name + "\"");
            }
            at++;
            if (members.put(name, value(depth + 1)) != null) {
                throw broken("\"" + name + "\" is there twice");
            }
            separator('}', start);
        }
        return members;
    }

    private List<JsonValue> array(int depth) throws BrokenFileException {
        int start = line;
        List<JsonValue> items = new ArrayList<>();
        at++;
        while (!closes(']', start)) {
            items.add(value(depth + 1));
            separator(']', start);
        }
        return items;
    }

    private boolean closes(char close, int start) throws BrokenFileException {
        skipBlanks();
        if (at == text.length()) {
            throw broken("the file ends before the '" + close + "' of line " + start);
        }
        boolean isClosed = text.charAt(at) == close;
        at += isClosed ? 1 : 0;
        return isClosed;
    }

    private void separator(char close, int start) throws BrokenFileException {
        skipBlanks();
        if (at == text.length()) {
            throw broken("the file ends before the '" + close + "' of line " + start);
        }
        if (text.charAt(at) == ',') {
            at++;
        } else if (text.charAt(at) != close) {
            throw broken("'" + text.charAt(at) + "' where ',' or '" + close + "' is expected");
        }
    }

    private Optional<Object> literal() throws BrokenFileException {
        int start = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "+-.".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        String word = text.substring(start, at);
        if (word.matches("-?\\d{1,18}")) {
            return Optional.of(Long.parseLong(word));
        }
        if (word.matches("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?")) {
            return Optional.of(Double.parseDouble(word));
        }
        return switch (word) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            case "null" -> Optional.empty();
            default ->
                throw broken("'" + (word.isEmpty() ? String.valueOf(text.charAt(start)) : word)
                        + "' where a value is expected");
        };
    }

    private String string() throws BrokenFileException {
        StringBuilder value = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\n') {
            char c = text.charAt(at++);
            value.append(c == '\\' ? escaped() : c);
        }
        if (at == text.length() || text.charAt(at) != '"') {
            throw broken("a string without its closing quote");
        }
        at++;
        return value.toString();
    }

    private char escaped() throws BrokenFileException {
        char c = at < text.length() ? text.charAt(at++) : ' ';
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case '"', '\\', '/' -> c;
            case 'u' -> codeUnit();
            default -> throw broken("'\\" + c + "' in a string");
        };
    }

    private char codeUnit() throws BrokenFileException {
        String digits = text.substring(at, Math.min(at + 4, text.length()));
        if (!digits.matches("[0-9A-Fa-f]{4}")) {
            throw broken("'\\u" + digits + "' in a string");
        }
        at += 4;
        return (char) Integer.parseInt(digits, 16);
    }

    private void skipBlanks() throws BrokenFileException {
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                line += text.charAt(at) == '\n' ? 1 : 0;
                at++;
            } else if (text.charAt(at) == '#' || text.startsWith("//", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                if (end < 0) {
                    throw broken("a comment without its end");
                }
                line += (int)
                        text.substring(at, end).chars().filter(c -> c == '\n').count();
                at = end + 2;
            } else {
                return;
            }
        }
    }

    private BrokenFileException broken(String what) {
        return new BrokenFileException(source.at(line), what);
    }
}
