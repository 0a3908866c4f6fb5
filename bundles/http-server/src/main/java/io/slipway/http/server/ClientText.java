package io.slipway.http.server;

/** Text that a client sent, made fit for a log. */
final class ClientText {

    private static final int LONGEST = 200;

    private ClientText() {}

    /** Without characters that could forge a line of the log or turn its direction, and not endless. */
    static String printable(String text) {
        String visible = text.codePoints()
                .map(c -> isVisible(c) ? c : '?')
                .limit(LONGEST)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return text.codePointCount(0, text.length()) > LONGEST ? visible + "…" : visible;
    }

    private static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}
