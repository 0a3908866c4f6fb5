package io.slipway.dhcp.handlers;

import io.slipway.boot.MacAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/** Clients that decline whatever they get, by which one of them could use up a pool. Not safe for several threads. */
final class Decliners {

    /** Declines of one client after which it waits. */
    private static final int MOST = 5;

    /** Seconds in which these are counted, from the first one, and after which the client is served again. */
    private static final long WINDOW = 600;

    private static final int MOST_CLIENTS = 1024;

    private record Count(long since, int declines) {}

    private final Map<MacAddress, Count> counts = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<MacAddress, Count> eldest) {
            return size() > MOST_CLIENTS;
        }
    };

    void declined(MacAddress mac, long now) {
        counts.merge(
                mac,
                new Count(now, 1),
                (before, one) -> isPast(before, now) ? one : new Count(before.since(), before.declines() + 1));
    }

    boolean isTiresome(MacAddress mac, long now) {
        Count count = counts.get(mac);
        return count != null && count.declines() >= MOST && !isPast(count, now);
    }

    private static boolean isPast(Count count, long now) {
        return now - count.since() >= WINDOW;
    }
}
