package io.slipway.tftp.server;

import io.slipway.boot.ClientAddress;
import io.slipway.tftp.codec.ReadRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Requests that wait until a transfer ends, in the order in which they came. Safe for use by many threads. */
final class WaitingRequests {

    /** A client that has not asked again for so long has given up: the most patient ROMs ask every half minute. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(40).toNanos();

    /**
     * Times are as {@link System#nanoTime} counts.
     *
     * @param since when it came first
     * @param askedAt when it came last
     */
    record Waiting(ReadRequest request, Arrival arrival, long since, long askedAt) {

        static Waiting since(ReadRequest request, Arrival arrival, long now) {
            return new Waiting(request, arrival, now, now);
        }

        private Waiting askedFirst(long at) {
            return new Waiting(request, arrival, at, askedAt);
        }
    }

    /** What became of a request. */
    enum Kept {
        /** It waits from now on. */
        NEW,
        /** It has waited before, and keeps its place. */
        AGAIN,
        /** As many wait as may. */
        DROPPED
    }

    private final Map<TransferId, Waiting> waiting = new LinkedHashMap<>();
    /** How many of them each client has. */
    private final Map<ClientAddress, Integer> counts = new HashMap<>();

    /**
     * Adds a request; one that comes again keeps its place. None when as many wait as may, in all or of one client: the
     * places are not for a flood in the name of one.
     */
    synchronized Kept add(Waiting request, int limit, int limitPerClient) {
        TransferId id = request.arrival().id();
        Optional<Waiting> earlier = Optional.ofNullable(waiting.get(id));
        if (earlier.isEmpty()) {
            int others = counts.getOrDefault(id.client(), 0);
            if (waiting.size() >= limit || others >= limitPerClient) {
                return Kept.DROPPED;
            }
            counts.put(id.client(), others + 1);
        }
        waiting.put(id, earlier.map(first -> request.askedFirst(first.since())).orElse(request));
        return earlier.isPresent() ? Kept.AGAIN : Kept.NEW;
    }

    /** How many wait for what. */
    synchronized Map<String, Long> countBy(Function<TransferId, String> reason) {
        return waiting.keySet().stream().collect(Collectors.groupingBy(reason, TreeMap::new, Collectors.counting()));
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
