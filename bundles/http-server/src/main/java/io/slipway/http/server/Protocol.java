package io.slipway.http.server;

/** What is spoken on a connection. */
enum Protocol {
    HTTP("http"),
    HTTPS("https"),
    HTTP_2("h2");

    private final String text;

    Protocol(String text) {
        this.text = text;
    }

    /** Whether bytes of files pass through memory, where they are encrypted. */
    boolean isEncrypted() {
        return this != HTTP;
    }

    @Override
    public String toString() {
        return text;
    }
}
