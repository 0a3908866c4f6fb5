package io.slipway.sockets.internal;

import io.slipway.sockets.DatagramTaker;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Who takes what comes in at which door: of several the newest. */
final class Takers {

    private record Entry(DatagramTaker taker, Set<String> doors, long serviceId) {}

    private final Set<Entry> entries = new TreeSet<>(Comparator.comparingLong(Entry::serviceId));
    private volatile Map<String, DatagramTaker> newest = Map.of();

    synchronized void add(DatagramTaker taker, Map<String, Object> properties) {
        entries.add(new Entry(taker, doors(properties.get(DatagramTaker.DOOR)), (Long) properties.get("service.id")));
        choose();
    }

    synchronized void remove(DatagramTaker taker) {
        entries.removeIf(entry -> entry.taker == taker);
        choose();
    }

    /** Asked once a packet. */
    Optional<DatagramTaker> of(String door) {
        return Optional.ofNullable(newest.get(door));
    }

    private void choose() {
        Map<String, DatagramTaker> chosen = new HashMap<>();
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
