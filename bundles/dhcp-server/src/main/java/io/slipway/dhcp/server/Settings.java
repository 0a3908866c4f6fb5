package io.slipway.dhcp.server;

import java.time.Duration;
import java.util.Objects;

/**
 * What {@code etc/io.slipway.dhcp.server.cfg} says.
 *
 * @param workers 1 to 64
 * @param queue packets that one worker has in hand at most: waiting, held, or with a reply that is not yet durable
 * @param hold how long a packet waits for a missing handler
 * @param durableWithin how long a reply waits for what must be durable first
 */
record Settings(ChainOrder chain, int workers, int queue, Duration hold, Duration durableWithin) {

    static final String PID = "io.slipway.dhcp.server";

    /** A client asks again after 4 seconds (RFC 2131 section 4.1): a later reply would answer nobody. */
    private static final Duration DURABLE_WITHIN = Duration.ofSeconds(5);

    Settings {
        Objects.requireNonNull(chain, "chain");
        Objects.requireNonNull(durableWithin, "durableWithin");
        requireRange("workers", workers, 1, 64);
        requireRange("queue", queue, 4, 1_000_000);
        requireRange("holdMillis", hold.toMillis(), 0, 60_000);
    }

    static Settings of(DhcpServer.Config config) {
        return new Settings(
                // one line of text comes as an array of one; a Felix .config file may give an array
                ChainOrder.parse(String.join(",", config.chain())),
                config.workers(),
                config.queue(),
                Duration.ofMillis(config.holdMillis()),
                DURABLE_WITHIN);
    }

    static IllegalArgumentException refused(String key, Object value, String expected) {
        return new IllegalArgumentException(PID + ": " + key + " = " + value + "; expected " + expected);
    }

    private static void requireRange(String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw refused(key, value, least + " to " + most);
        }
    }
}
