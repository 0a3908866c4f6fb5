package io.slipway.dhcp.handlers;

import java.util.Objects;

/**
 * What an address is used for.
 *
 * @param mac 48 bits
 * @param names as {@link ClientNames} packs them
 * @param start seconds since 1970
 * @param end seconds since 1970
 */
@SuppressWarnings("ArrayRecordComponent") // kept and stored, never compared
record Content(Lease.State state, long mac, byte[] names, long start, long end) {
    Content {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(names, "names");
    }

    static Content of(Lease lease) {
        return new Content(lease.state(), lease.mac().bits(), ClientNames.of(lease), lease.start(), lease.end());
    }

    /** Whether it is the lease of a client, which has not ended. */
    boolean isLeaseOf(long client, long now) {
        return state == Lease.State.BOUND && mac == client && end > now;
    }

    /** The lease that it is of an address. */
    Lease lease(int address) {
        Slot apart = new Slot(address);
        apart.become(this);
        return apart.lease();
    }

    /** The same in another state from now on. */
    Content become(Lease.State next, long from, long until) {
        return new Content(next, mac, names, from, until);
    }
}
