package io.slipway.dhcp.proxy;

import java.net.Inet4Address;
import java.time.Instant;
import java.util.Optional;

/**
 * A DHCP server that is not this one.
 *
 * @param address its server identifier (option 54)
 * @param since when it was first heard of
 * @param heardNanos when it was last heard of, as {@link System#nanoTime} counts
 * @param leases whether it leases addresses, rather than only saying what to boot
 * @param offer what it offered to a probe, if it answered one
 */
record ForeignServer(
        Segment segment, Inet4Address address, Instant since, long heardNanos, boolean leases, Optional<Offer> offer) {

    /** What a person reads: what it offers, or how it is known. */
    String offers() {
        return offer.map(Offer::toString).orElse("seen in requests of clients only");
    }
}
