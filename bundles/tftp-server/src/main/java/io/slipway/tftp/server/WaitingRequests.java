package io.slipway.tftp.server;

import io.slipway.boot.ClientAddress;
import io.slipway.tftp.codec.ReadRequest;
import java.time.Duration;
import java.util.HashMap;
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
    /** How many of them each client has. */
    private final Map<ClientAddress, Integer> counts = new HashMap<>();

    /**
     * Adds a request; one that comes again keeps its place. False when as many wait as may, in all or of one client: the
     * places are not for a flood in the name of one.
     */
    synchronized boolean add(Waiting request, int limit, int limitPerClient) {
        TransferId id = request.arrival().id();
        if (!waiting.containsKey(id)) {
            int others = counts.getOrDefault(id.client(), 0);
            if (waiting.size() >= limit || others >= limitPerClient) {
                return false;
            }
            counts.put(id.client(), others + 1);
        }
        waiting.put(id, request);
        return true;
    }

    /** Whoever is served, or asks for something else, waits no more. */
    synchronized void remove(TransferId id) {
        if (waiting.remove(id) != null) {
            discount(id);
        }
    }

    private void discount(TransferId id) {
        counts.computeIfPresent(id.client(), (same, count) -> count == 1 ? null : count - 1);
    }

    /** Takes out the first request that may be served; forgets those whose clients have given up. */
    synchronized Optional<Waiting> next(Predicate<TransferId> mayBeServed, long now) {
        Iterator<Waiting> all = waiting.values().iterator();
        while (all.hasNext()) {
            Waiting first = all.next();
            if (now - first.askedAt() > PATIENCE_NANOS) {
                all.remove();
                discount(first.arrival().id());
            } else if (mayBeServed.test(first.arrival().id())) {
                all.remove();
                discount(first.arrival().id());
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
        counts.clear();
    }
}
