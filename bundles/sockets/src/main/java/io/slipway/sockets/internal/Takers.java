package io.slipway.sockets.internal;

import io.slipway.sockets.DatagramTaker;
import io.slipway.sockets.StreamTaker;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Who takes what comes in at which door: of several the newest. */
final class Takers {

    /** One who takes, by what it takes. */
    sealed interface Taker {
        boolean isReady();
    }

    record Datagrams(DatagramTaker taker) implements Taker {
        @Override
        public boolean isReady() {
            return taker.isReady();
        }
    }

    record Streams(StreamTaker taker) implements Taker {
        @Override
        public boolean isReady() {
            return taker.isReady();
        }
    }

    private record Entry(Taker taker, Set<String> doors, long serviceId) {}

    private final Set<Entry> entries = new TreeSet<>(Comparator.comparingLong(Entry::serviceId));
    private volatile Map<String, Taker> newest = Map.of();

    synchronized void add(Taker taker, Map<String, Object> properties) {
        entries.add(new Entry(taker, doors(properties.get(DatagramTaker.DOOR)), (Long) properties.get("service.id")));
        choose();
    }

    synchronized void remove(Taker taker) {
        entries.removeIf(entry -> entry.taker.equals(taker));
        choose();
    }

    /** Asked once a packet. */
    Optional<Taker> of(String door) {
        return Optional.ofNullable(newest.get(door));
    }

    private void choose() {
        Map<String, Taker> chosen = new HashMap<>();
        entries.forEach(entry -> entry.doors.forEach(door -> chosen.put(door, entry.taker)));
        newest = Map.copyOf(chosen);
    }

    private static Set<String> doors(Object property) {
        if (property instanceof String[] names) {
            return Set.of(names);
        }
        return property instanceof String name ? Set.of(name) : Set.of();
    }
}
