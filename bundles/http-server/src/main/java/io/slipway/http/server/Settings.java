package io.slipway.http.server;

import java.time.Duration;

/**
 * What the operator has configured, checked.
 *
 * @param maximumConnections at a time, 1 or more
 * @param idleTimeout after which a connection without a request is closed
 * @param headerTimeout within which a request that has begun must be complete
 * @param sendTimeout after which a client that takes nothing of its answer is given up
 * @param lookupThreads that look for files
 * @param lookupQueue requests that wait for one of them
 * @param lookupDeadline after which the client is told that its file could not be found in time
 * @param drainTime for which answers may go on when the server stops
 */
record Settings(
        int maximumConnections,
        Duration idleTimeout,
        Duration headerTimeout,
        Duration sendTimeout,
        int lookupThreads,
        int lookupQueue,
        Duration lookupDeadline,
        Duration drainTime) {

    static Settings of(HttpServer.Config config) {
        return new Settings(
                number("maximumConnections", config.maximumConnections(), 1, 1_000_000),
                Duration.ofMillis(number("idleTimeout", config.idleTimeout(), 10, 3_600_000)),
                Duration.ofMillis(number("headerTimeout", config.headerTimeout(), 10, 600_000)),
                Duration.ofMillis(number("sendTimeout", config.sendTimeout(), 10, 3_600_000)),
                number("lookupThreads", config.lookupThreads(), 1, 256),
                number("lookupQueue", config.lookupQueue(), 1, 1_000_000),
                Duration.ofMillis(number("lookupDeadline", config.lookupDeadline(), 10, 600_000)),
                Duration.ofMillis(number("drainTime", config.drainTime(), 0, 60_000)));
    }

    /** The container, which could make it a number as well, would not say which key has none. */
    private static int number(String key, String text, int least, int most) {
        try {
            int value = Integer.parseInt(text.strip());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw refused(key, text, least, most);
        }
        throw refused(key, text, least, most);
    }

    private static IllegalArgumentException refused(String key, String text, int least, int most) {
        return new IllegalArgumentException(
                "etc/" + HttpServer.PID + ".cfg: " + key + " = " + text + "; expected " + least + " to " + most);
    }
}
