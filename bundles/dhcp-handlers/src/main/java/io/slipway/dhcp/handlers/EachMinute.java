package io.slipway.dhcp.handlers;

import java.util.HashMap;
import java.util.Map;

/** Lets the log tell of each thing at most once a minute. Not safe for use by several threads. */
final class EachMinute {

    private static final long INTERVAL = 60;

    private final Map<String, Long> toldAt = new HashMap<>();

    boolean isDue(String what, long now) {
        Long then = toldAt.get(what);
        boolean isDue = then == null || now - then >= INTERVAL;
        if (isDue) {
            toldAt.put(what, now);
        }
        return isDue;
    }
}
