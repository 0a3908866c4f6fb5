package io.slipway.tftp.server;

import io.slipway.tftp.codec.ReadRequest;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Requests that wait until a transfer ends, in the order in which they came. Safe for use by many threads. */
final class WaitingRequests {

    /** A client that has not asked again for so long has given up: the most patient ROMs ask every half minute. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(40).toNanos();

    /** @param askedAt when it came last, as {@link System#nanoTime} counts */
    record Waiting(ReadRequest request, Arrival arrival, long askedAt) {}

    private final Map<TransferId, Waiting> waiting = new LinkedHashMap<>();

    /** Adds a request; one that comes again keeps its place. False when as many wait as may. */
    synchronized boolean add(Waiting request, int limit) {
        TransferId id = request.arrival().id();
        if (waiting.size() >= limit && !waiting.containsKey(id)) {
            return false;
        }
        waiting.put(id, request);
        return true;
    }

    /** Whoever is served, or asks for something else, waits no more. */
    synchronized void remove(TransferId id) {
        waiting.remove(id);
    }

    /** Takes out the first request that may be served; forgets those whose clients have given up. */
    synchronized Optional<Waiting> next(Predicate<TransferId> mayBeServed, long now) {
        Iterator<Waiting> all = waiting.values().iterator();
        while (all.hasNext()) {
            Waiting first = all.next();
            if (now - first.askedAt() > PATIENCE_NANOS) {
                all.remove();
            } else if (mayBeServed.test(first.arrival().id())) {
                all.remove();
                return Optional.of(first);
            }
        }
        return Optional.empty();
    }

    synchronized int size() {
        return waiting.size();
    }

    synchronized void clear() {
        waiting.clear();
    }
}
