package io.slipway.http.server;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happened since the start. Safe for use by many threads. */
final class Counters {

    enum Count {
        CONNECTIONS,
        /** Closed at once, since there were too many. */
        REFUSED_CONNECTIONS,
        /** Closed without a request, since there were too many and another came. */
        GAVE_WAY,
        REQUESTS,
        /** Requests that are not HTTP, or that another server could read in another way. */
        MALFORMED,
        NOT_FOUND,
        /** Lookups that failed or took too long. */
        FAILED,
        /** Told to come again, since the queue of lookups was full. */
        OVERLOADED,
        /** Closed, since the client did not finish its request or took nothing of the answer. */
        TOO_SLOW,
        /** Files, or parts of files, that were begun to be sent. */
        BEGUN
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
