package io.slipway.tftp.server;

/** Text that a client sent, made fit for a log. */
final class ClientText {

    private static final int LONGEST = 200;

    private ClientText() {}

    /** Without control characters, which could forge a line of the log, and not endless. */
    static String printable(String text) {
        String visible = text.codePoints()
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .limit(LONGEST)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return visible.length() < text.length() ? visible + "…" : visible;
    }
}
