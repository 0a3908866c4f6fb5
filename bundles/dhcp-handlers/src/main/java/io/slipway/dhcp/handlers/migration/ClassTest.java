package io.slipway.dhcp.handlers.migration;

import io.slipway.boot.MacAddress;
import io.slipway.dhcp.codec.DhcpOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The expression by which Kea and ISC dhcpd put clients into classes, as far as a group's conditions can say it: facts
 * compared with constants, whole or in part, joined by "and", or by "or" over one fact.
 */
final class ClassTest {

    /** The sign before a token that is a string and not a word. */
    static final char STRING = '"';

    /** A fact: {@code vendorClass}; a part of it, when it is cut. ISC's {@code hardware} begins one before the MAC. */
    private record Fact(String subject, int from, int length) {}

    private static final int WHOLE = -1;

    private static final int ETHERNET = 1;

    /** What a group compares with one text, which may hold commas, and not with a list. */
    private static final Set<String> FREE_TEXT = Set.of("vendorClass", "userClass", "hostName");

    /** Why an expression cannot be said. */
    private static final class Unsaid extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unsaid(String why) {
            super(why, null, false, false);
        }
    }

    /** What became of an expression: conditions, or why there are none. */
    record Outcome(Optional<Map<String, List<String>>> conditions, String why) {}

    private final List<String> tokens;
    private final Function<String, Optional<Integer>> codes;
    private final Function<String, Optional<Map<String, List<String>>>> members;
    private int at;
    private int depth;

    private ClassTest(
            List<String> tokens,
            Function<String, Optional<Integer>> codes,
            Function<String, Optional<Map<String, List<String>>>> members) {
        this.tokens = tokens;
        this.codes = codes;
        this.members = members;
    }

    /**
     * @param codes the code of an option's name or number
     * @param members the conditions of another class
     */
    static Outcome parse(
            List<String> tokens,
            Function<String, Optional<Integer>> codes,
            Function<String, Optional<Map<String, List<String>>>> members) {
        ClassTest test = new ClassTest(tokens, codes, members);
        try {
            Map<String, List<String>> conditions = test.alternatives();
            if (test.at < tokens.size()) {
                throw new Unsaid("'" + tokens.get(test.at).replace(String.valueOf(STRING), "") + "' is not understood");
            }
            return new Outcome(Optional.of(conditions), "");
        } catch (Unsaid e) {
            return new Outcome(Optional.empty(), e.getMessage());
        }
    }

    private Map<String, List<String>> alternatives() {
        Map<String, List<String>> left = conjunction();
        while (takes("or")) {
            Map<String, List<String>> right = conjunction();
            if (left.size() != 1 || !left.keySet().equals(right.keySet())) {
                throw new Unsaid("'or' between different facts; write a group for each");
            }
            String subject = left.keySet().iterator().next();
            List<String> either = Stream.concat(left.get(subject).stream(), right.get(subject).stream())
                    .distinct()
                    .toList();
            if (either.size() > 1 && FREE_TEXT.contains(subject)) {
                throw new Unsaid("several texts of one fact, " + subject + "; write a group for each");
            }
            left = Map.of(subject, either);
        }
        return left;
    }

    private Map<String, List<String>> conjunction() {
        Map<String, List<String>> all = new TreeMap<>(condition());
        while (takes("and")) {
            condition().forEach((subject, patterns) -> {
                List<String> before = all.putIfAbsent(subject, patterns);
                if (before != null && !before.equals(List.of("*")) && !patterns.equals(List.of("*"))) {
                    throw new Unsaid("two conditions on one fact, " + subject);
                }
                if (before != null && before.equals(List.of("*"))) {
                    all.put(subject, patterns);
                }
            });
        }
        return all;
    }

    private Map<String, List<String>> condition() {
        if (takes("not")) {
            throw new Unsaid("'not': a group has only what its members are");
        }
        if (takes("(")) {
            if (++depth > 40) {
                throw new Unsaid("too many parentheses");
            }
            Map<String, List<String>> inner = alternatives();
            require(")");
            depth--;
            return inner;
        }
        if (takes("exists")) {
            takes("option");
            return exists(code(next()));
        }
        if (takes("member")) {
            require("(");
            String name = text(next());
            require(")");
            return members.apply(name).orElseThrow(() -> new Unsaid("it needs the class " + name));
        }
        if (at + 4 < tokens.size()
                && tokens.get(at + 1).equals("[")
                && tokens.get(at + 4).equals(".exists")) {
            at += 5;
            return exists(code(tokens.get(at - 3)));
        }
        return comparison();
    }

    private Map<String, List<String>> exists(int code) {
        if (code == DhcpOptions.ETHERBOOT.code()) {
            return Map.of("userClass", List.of("iPXE"));
        }
        return Map.of(subject(code), List.of("*"));
    }

    private Map<String, List<String>> comparison() {
        Optional<Fact> left = fact();
        Optional<byte[]> constant = left.isPresent() ? Optional.empty() : Optional.of(constant());
        if (!takes("=") && !takes("==")) {
            throw new Unsaid("only '=' compares here");
        }
        takes("=");
        Fact fact = left.or(this::fact).orElseThrow(() -> new Unsaid("two constants are compared"));
        byte[] bytes = constant.orElseGet(this::constant);
        return Map.of(fact.subject(), List.of(pattern(fact, bytes)));
    }

    private static String pattern(Fact fact, byte[] bytes) {
        boolean isWhole = fact.length() == WHOLE;
        if (fact.subject().equals("arch")) {
            if (!isWhole || bytes.length != 2) {
                throw new Unsaid("an architecture is two bytes");
            }
            return String.valueOf(((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff));
        }
        String text;
        if (fact.subject().equals("mac")) {
            return macPattern(fact, bytes);
        }
        text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (!text.matches("[!-)+->@-~]([ -)+->@-~]*[!-)+->@-~])?")) {
            throw new Unsaid("a constant that is no plain text");
        }
        if (!isWhole && fact.length() < text.length()) {
            throw new Unsaid("it holds for nobody, as the part is shorter than the constant");
        }
        boolean isOpen = !isWhole && fact.length() == text.length();
        return "?".repeat(fact.from()) + text + (isOpen ? "*" : "");
    }

    private static String macPattern(Fact fact, byte[] bytes) {
        int skip = fact.from() < 0 ? 1 : 0;
        if (skip == 1 && (bytes.length == 0 || bytes[0] != ETHERNET)) {
            throw new Unsaid("hardware that is not Ethernet");
        }
        int from = fact.from() + skip;
        int end = from + bytes.length - skip;
        boolean isPart = fact.length() != WHOLE && fact.length() == bytes.length;
        if (end > MacAddress.LENGTH || (end < MacAddress.LENGTH && !isPart)) {
            throw new Unsaid("it holds for nobody, as the constant has another length");
        }
        List<String> octets = new ArrayList<>(Collections.nCopies(from, "??"));
        for (int i = skip; i < bytes.length; i++) {
            octets.add(HexFormat.of().toHexDigits(bytes[i]));
        }
        if (end < MacAddress.LENGTH) {
            octets.add("*");
        }
        return String.join(":", octets);
    }

    /** Nothing, and nothing is read, when a constant stands here. */
    private Optional<Fact> fact() {
        if (takes("substring")) {
            require("(");
            Fact whole = fact().orElseThrow(() -> new Unsaid("a part of a constant"));
            require(",");
            int from = number();
            require(",");
            int length = takes("all") ? WHOLE : number();
            require(")");
            if (from > 200 || length == 0) {
                throw new Unsaid("a part that is not understood");
            }
            return Optional.of(new Fact(whole.subject(), whole.from() + from, length));
        }
        if (takes("hardware")) {
            return Optional.of(new Fact("mac", -1, WHOLE));
        }
        if (takes("pkt4.mac")) {
            return Optional.of(new Fact("mac", 0, WHOLE));
        }
        if (!takes("option")) {
            return Optional.empty();
        }
        boolean isKea = takes("[");
        int code = code(next());
        if (!isKea) {
            return Optional.of(new Fact(subject(code), 0, WHOLE));
        }
        require("]");
        if (!takes(".hex") && !takes(".text")) {
            throw new Unsaid("'" + next() + "' of an option");
        }
        return Optional.of(new Fact(subject(code), 0, WHOLE));
    }

    private byte[] constant() {
        String token = next();
        if (!token.isEmpty() && token.charAt(0) == STRING) {
            return token.substring(1).getBytes(StandardCharsets.ISO_8859_1);
        }
        if (token.matches("0x([0-9A-Fa-f]{2})+")) {
            return HexFormat.of().parseHex(token.substring(2));
        }
        if (token.matches("[0-9A-Fa-f]{1,2}(:[0-9A-Fa-f]{1,2})*")) {
            return HexFormat.of().parseHex(Hex.padded(token));
        }
        throw new Unsaid("'" + token + "' is not understood");
    }

    private String subject(int code) {
        return switch (code) {
            case 12 -> "hostName";
            case 60 -> "vendorClass";
            case 77 -> "userClass";
            case 93 -> "arch";
            default -> throw new Unsaid("groups do not look at option " + code);
        };
    }

    private int code(String token) {
        return codes.apply(text(token)).orElseThrow(() -> new Unsaid("groups do not look at option " + text(token)));
    }

    private int number() {
        String token = next();
        if (!token.matches("\\d{1,4}")) {
            throw new Unsaid("'" + token + "' where a number was expected");
        }
        return Integer.parseInt(token);
    }

    private static String text(String token) {
        return !token.isEmpty() && token.charAt(0) == STRING ? token.substring(1) : token;
    }

    private String next() {
        if (at == tokens.size()) {
            throw new Unsaid("the expression ends too early");
        }
        return tokens.get(at++);
    }

    private boolean takes(String token) {
        boolean is = at < tokens.size() && tokens.get(at).equalsIgnoreCase(token);
        at += is ? 1 : 0;
        return is;
    }

    private void require(String token) {
        if (!takes(token)) {
            throw new Unsaid("'" + token + "' is missing");
        }
    }

    /** Splits Kea's form of an expression. */
    static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            int end = at + 1;
            if (c == '\'') {
                int close = text.indexOf('\'', at + 1);
                close = close < 0 ? text.length() : close;
                tokens.add(STRING + text.substring(at + 1, close));
                end = Math.min(close + 1, text.length());
            } else if (!Character.isWhitespace(c)) {
                boolean isWord = isWordStart(c);
                while (end < text.length() && isWord && (isWordStart(text.charAt(end)) || text.charAt(end) == '.')) {
                    end++;
                }
                if (c == '=' && text.startsWith("==", at)) {
                    end = at + 2;
                }
                tokens.add(text.substring(at, end));
            }
            at = end;
        }
        return tokens;
    }

    private static boolean isWordStart(char c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.' || c == ':';
    }
}
