package io.slipway.dhcp.server;

import java.time.Duration;
import java.util.Objects;

/**
 * What {@code etc/io.slipway.dhcp.server.cfg} says.
 *
 * @param workers 1 to 64; given as 0, half as many as processors
 * @param queue packets that one worker has in hand at most: waiting, held, or with a reply that is not yet durable
 * @param hold how long a packet waits for a missing handler
 * @param durableWithin how long a reply waits for what must be durable first
 * @param replies how clients without an address are answered
 */
record Settings(ChainOrder chain, int workers, int queue, Duration hold, Duration durableWithin, Replies replies) {

    static final String PID = "io.slipway.dhcp.server";

    /** A client asks again after 4 seconds (RFC 2131 section 4.1): a later reply would answer nobody. */
    private static final Duration DURABLE_WITHIN = Duration.ofSeconds(5);

    /** Others of the processors move bytes and write the log; where there are two, a second worker is only in the way. */
    private static final int USUAL_WORKERS =
            Math.min(64, Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

    private static final Range WORKERS = new Range("workers", 0, 64);
    private static final Range QUEUE = new Range("queue", 4, 1_000_000);
    private static final Range HOLD = new Range("holdMillis", 0, 60_000);

    Settings {
        Objects.requireNonNull(chain, "chain");
        Objects.requireNonNull(durableWithin, "durableWithin");
        workers = workers == 0 ? USUAL_WORKERS : workers;
        Objects.requireNonNull(replies, "replies");
        WORKERS.check(workers);
        QUEUE.check(queue);
        HOLD.check(hold.toMillis());
    }

    static Settings of(DhcpServer.Config config) {
        return new Settings(
                // one line of text comes as an array of one; a Felix .config file may give an array
                ChainOrder.parse(String.join(",", config.chain())),
                WORKERS.parse(config.workers()),
                QUEUE.parse(config.queue()),
                Duration.ofMillis(HOLD.parse(config.holdMillis())),
                DURABLE_WITHIN,
                Replies.parse(config.replies()));
    }

    static IllegalArgumentException refused(String key, Object value, String expected) {
        return new IllegalArgumentException("etc/" + PID + ".cfg: " + key + " = " + value + "; expected " + expected);
    }

    private record Range(String key, long least, long most) {

        void check(long value) {
            if (value < least || value > most) {
                throw refused(value);
            }
        }

        /** The container, which could make it a number as well, would not say which key has none. */
        int parse(String text) {
            try {
                return Integer.parseInt(text.strip());
            } catch (NumberFormatException e) {
                throw refused(text);
            }
        }

        private IllegalArgumentException refused(Object value) {
            return Settings.refused(key, value, least + " to " + most);
        }
    }
}
