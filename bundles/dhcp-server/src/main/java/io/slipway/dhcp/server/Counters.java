package io.slipway.dhcp.server;

import io.slipway.dhcp.server.DhcpStatistics.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts packets. Used by many threads. */
final class Counters {

    /** Reasons come from plugins: one that puts an address into them must not fill the memory. */
    private static final int MOST_REASONS = 100;

    private final Map<String, LongAdder> received = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> sent = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> dropped = new ConcurrentSkipListMap<>();

    void received(String type) {
        count(received, type);
    }

    void sent(String type) {
        count(sent, type);
    }

    void dropped(String reason) {
        count(dropped, dropped.size() < MOST_REASONS || dropped.containsKey(reason) ? reason : "other");
    }

    /** See {@link DhcpStatistics#counts()}. */
    List<Count> counts() {
        List<Count> counts = new ArrayList<>();
        received.forEach((what, number) -> counts.add(new Count("received", what, number.sum())));
        sent.forEach((what, number) -> counts.add(new Count("sent", what, number.sum())));
        dropped.forEach((what, number) -> counts.add(new Count("dropped", what, number.sum())));
        return List.copyOf(counts);
    }

    private static void count(Map<String, LongAdder> counters, String what) {
        counters.computeIfAbsent(what, key -> new LongAdder()).increment();
    }
}
