package io.slipway.dhcp.handlers;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Clients that had a lease of an address that has gone to another since. They stay known: else a flood of offers would
 * make strangers of them. Bounded, the longest known is forgotten first; after a restart it is filled by leases again.
 * Guarded by the lock of {@link Leases}.
 */
final class FormerClients {

    /** Takes about 5 MB when it is full. */
    private static final int MOST = 65_536;

    private final Set<Long> macs = new LinkedHashSet<>();

    void add(long mac) {
        if (macs.add(mac) && macs.size() > MOST) {
            macs.remove(macs.iterator().next());
        }
    }

    boolean contains(long mac) {
        return macs.contains(mac);
    }
}
