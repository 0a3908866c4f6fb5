package io.slipway.dhcp.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The handlers that are there now, in the order in which they are asked.
 *
 * @param missing the names of the mandatory handlers that are not there
 * @param awaitedSince when an optional handler went, as {@link System#nanoTime} counts; at the start all have just
 *     gone. Empty when they are there, or never were
 */
record Chain(List<NamedHandler> handlers, List<String> missing, Optional<Long> awaitedSince) {

    Chain {
        handlers = List.copyOf(handlers);
        missing = List.copyOf(missing);
    }

    /** The chain of now, which follows on one of before. */
    static Chain of(ChainOrder order, Collection<NamedHandler> registered, Optional<Chain> before) {
        Map<String, NamedHandler> preferred = new LinkedHashMap<>();
        registered.stream()
                .sorted(NamedHandler.PREFERENCE)
                .forEach(handler -> preferred.putIfAbsent(handler.name(), handler));
        List<NamedHandler> handlers = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        List<String> absent = new ArrayList<>();
        for (ChainOrder.Place place : order.places()) {
            if (place instanceof ChainOrder.Place.Named named) {
                if (preferred.containsKey(named.handler())) {
                    handlers.add(preferred.get(named.handler()));
                } else {
                    (named.isMandatory() ? missing : absent).add(named.handler());
                }
            } else {
                preferred.values().stream()
                        .filter(handler -> !order.names(handler.name()))
                        .forEach(handlers::add);
            }
        }
        return new Chain(handlers, missing, awaitedSince(absent, before));
    }

    private static Optional<Long> awaitedSince(List<String> absent, Optional<Chain> before) {
        if (absent.isEmpty()) {
            return Optional.empty();
        }
        boolean oneHasGone =
                before.isEmpty() || before.get().handlers.stream().anyMatch(handler -> absent.contains(handler.name()));
        return oneHasGone ? Optional.of(System.nanoTime()) : before.get().awaitedSince;
    }

    /** Whether every mandatory handler is there. */
    boolean isComplete() {
        return missing.isEmpty();
    }

    /**
     * Whether packets are answered at once. An exchange of bundles takes a handler away for a moment: a machine that
     * is answered without {@code boot} meanwhile does not boot.
     *
     * @param hold how long an optional handler is waited for
     */
    boolean isSettled(Duration hold) {
        return isComplete()
                && awaitedSince
                        .filter(since -> System.nanoTime() - since < hold.toNanos())
                        .isEmpty();
    }
}
