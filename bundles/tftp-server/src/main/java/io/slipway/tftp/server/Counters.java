package io.slipway.tftp.server;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happened since the start. Safe for use by many threads. */
final class Counters {

    enum Count {
        /** Bytes that are no TFTP packet. */
        MALFORMED,
        /** From a source that no client has: port 0 or a server's, a broadcast or multicast address. */
        IMPLAUSIBLE,
        /** Packets that only make sense within a transfer. */
        STRAY,
        /** Requests seen again while they were being answered. */
        REPEATED,
        /** Had to wait for a transfer to end, or for a lookup; each time that it was asked. */
        WAITED,
        /** Dropped since too many waited. */
        OVERLOADED,
        /** Transfers that nobody had answered, ended since others waited. */
        GAVE_WAY,
        /** Writes that are not allowed, other modes than octet and netascii, paths that climb. */
        REFUSED,
        NOT_FOUND,
        /** Lookups that failed or took too long. */
        FAILED,
        /** Transfers begun. */
        BEGUN,
        /** Files that clients have sent, and that are kept. */
        UPLOADED
    }

    private final Map<Count, LongAdder> counts = new EnumMap<>(Count.class);

    Counters() {
        for (Count count : Count.values()) {
            counts.put(count, new LongAdder());
        }
    }

    void add(Count count) {
        counts.get(count).increment();
    }

    long get(Count count) {
        return counts.get(count).sum();
    }
}
