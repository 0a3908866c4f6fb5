package io.slipway.dhcp.handlers;

import io.slipway.boot.MacAddress;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * How many requests each client sends in a second. A table of fixed size: of two clients that fall on one place the
 * latter begins to count anew, so that nobody is refused for another's requests. Safe for use by many threads.
 */
final class ClientRates {

    private static final int PLACES = 1 << 12;
    private static final long NANOS = 1_000_000_000L;

    /** MAC address in the upper 48 bits, the second's lowest bits, and the count below; {@link #COUNT} bits of it. */
    private final AtomicLongArray places = new AtomicLongArray(PLACES);

    private static final int COUNT = 12;
    private static final int SECOND = 4;
    private static final long MOST = (1 << COUNT) - 1;

    private final long most;
    private final LongSupplier nanoTime;

    /**
     * @param most requests a second of one client; 0 for any number
     * @param nanoTime as {@link System#nanoTime()}
     */
    ClientRates(int most, LongSupplier nanoTime) {
        this.most = Math.min(most, MOST);
        this.nanoTime = nanoTime;
    }

    /** Counts a request; false when its client has sent too many in this second. */
    boolean admits(MacAddress mac) {
        if (most == 0) {
            return true;
        }
        long second = Math.floorDiv(nanoTime.getAsLong(), NANOS) & (1 << SECOND) - 1;
        long fresh = (mac.bits() << (SECOND + COUNT)) | (second << COUNT);
        int place = (int) ((mac.bits() * 0x9e37_79b9_7f4a_7c15L) >>> 32) & (PLACES - 1);
        long before = places.get(place);
        long count = before >>> COUNT == fresh >>> COUNT ? before & MOST : 0;
        places.set(place, fresh | Math.min(count + 1, MOST));
        return count < most;
    }
}
