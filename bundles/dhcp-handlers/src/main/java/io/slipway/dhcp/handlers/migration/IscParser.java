package io.slipway.dhcp.handlers.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads ISC dhcpd's language, which its configuration and its leases share, into statements. */
final class IscParser {

    private static final String SIGNS = "{};,()=";

    /** Deeper than any configuration, and no danger to the stack. */
    private static final int DEEPEST = 40;

    private final Source source;
    private final String text;
    private int at;
    private int line = 1;

    private IscParser(Source source) {
        this.source = source;
        this.text = source.text();
    }

    static List<IscStatement> parse(Source source) throws BrokenFileException {
        IscParser parser = new IscParser(source);
        List<IscStatement> statements = new ArrayList<>();
        for (Optional<IscToken> token = parser.next(); token.isPresent(); token = parser.next()) {
            parser.statement(token.get(), 0).ifPresent(statements::add);
        }
        return statements;
    }

    /** Empty for a lone semicolon. */
    private Optional<IscStatement> statement(IscToken first, int depth) throws BrokenFileException {
        List<IscToken> words = new ArrayList<>();
        IscToken token = first;
        while (!token.isSign(";") && !token.isSign("{")) {
            if (token.isSign("}")) {
                throw broken(
                        token.line(),
                        words.isEmpty() ? "'}' without a '{'" : "'}' where '" + words.get(0) + " …' lacks its ';'");
            }
            words.add(token);
            token = next().orElseThrow(() -> broken(
                    first.line(), "the file ends within '" + first + " …', which begins here and lacks its ';'"));
        }
        if (token.isSign(";")) {
            return words.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new IscStatement(source.at(first.line()), words, Optional.empty()));
        }
        if (words.isEmpty()) {
            throw broken(token.line(), "'{' without a word before it");
        }
        if (depth == DEEPEST) {
            throw broken(token.line(), "braces within braces, " + DEEPEST + " deep");
        }
        return Optional.of(new IscStatement(source.at(first.line()), words, Optional.of(block(first, depth + 1))));
    }

    private List<IscStatement> block(IscToken owner, int depth) throws BrokenFileException {
        List<IscStatement> statements = new ArrayList<>();
        while (true) {
            IscToken token = next().orElseThrow(() -> broken(
                    owner.line(), "the file ends within '" + owner + " …', which begins here and lacks its '}'"));
            if (token.isSign("}")) {
                return statements;
            }
            statement(token, depth).ifPresent(statements::add);
        }
    }

    private Optional<IscToken> next() throws BrokenFileException {
        skipBlanks();
        if (at == text.length()) {
            return Optional.empty();
        }
        char c = text.charAt(at);
        if (SIGNS.indexOf(c) >= 0) {
            at++;
            return Optional.of(new IscToken(IscToken.Kind.SIGN, String.valueOf(c), line));
        }
        if (c == '"') {
            return Optional.of(string());
        }
        int start = at;
        while (at < text.length() && isWord(text.charAt(at))) {
            at++;
        }
        return Optional.of(new IscToken(IscToken.Kind.WORD, text.substring(start, at), line));
    }

    private static boolean isWord(char c) {
        return !Character.isWhitespace(c) && SIGNS.indexOf(c) < 0 && c != '"' && c != '#';
    }

    private void skipBlanks() {
        while (at < text.length() && (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == '#')) {
            if (text.charAt(at) == '#') {
                while (at < text.length() && text.charAt(at) != '\n') {
                    at++;
                }
            } else {
                line += text.charAt(at) == '\n' ? 1 : 0;
                at++;
            }
        }
    }

    private IscToken string() throws BrokenFileException {
        int start = line;
        StringBuilder value = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at++);
            if (c == '\n') {
                throw broken(start, "a string without its closing quote");
            }
            value.append(c == '\\' ? escaped() : c);
        }
        if (at == text.length()) {
            throw broken(start, "a string without its closing quote");
        }
        at++;
        return new IscToken(IscToken.Kind.STRING, value.toString(), start);
    }

    /** Three octal digits, x and two hexadecimal ones, a letter as in C, or the character itself. */
    private String escaped() {
        if (at == text.length()) {
            return "";
        }
        String rest = text.substring(at, Math.min(at + 3, text.length()));
        if (rest.matches("[0-3][0-7]{2}")) {
            at += 3;
            return String.valueOf((char) Integer.parseInt(rest, 8));
        }
        if (rest.matches("x[0-9A-Fa-f]{2}")) {
            at += 3;
            return String.valueOf((char) Integer.parseInt(rest.substring(1), 16));
        }
        at++;
        return switch (rest.charAt(0)) {
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            case 'b' -> "\b";
            default -> rest.substring(0, 1);
        };
    }

    private BrokenFileException broken(int where, String what) {
        return new BrokenFileException(source.at(where), what);
    }
}
