package io.slipway.sockets.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slipway.sockets.Bandwidth;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SharedBandwidthTest {

    private static final long MILLI = 1_000_000;

    private final AtomicLong now = new AtomicLong();

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private Bandwidth limited(OptionalLong total, Map<Prefix, Long> subnets) {
        return new SharedBandwidth(total, subnets, now::get);
    }

    /** A million bytes a second: a thousand take a millisecond. */
    @Test
    void whoComesLaterWaitsForThoseBefore() {
        Bandwidth bandwidth = limited(OptionalLong.of(1_000_000), Map.of());
        assertEquals(0, bandwidth.reserve(address("10.0.0.1"), 1000));
        assertEquals(MILLI, bandwidth.reserve(address("10.0.0.2"), 2000));
        assertEquals(3 * MILLI, bandwidth.reserve(address("10.0.0.1"), 1000));
        now.addAndGet(2 * MILLI);
        assertEquals(2 * MILLI, bandwidth.reserve(address("10.0.0.3"), 1000));
    }

    @Test
    void aLittleOfWhatWasNotUsedIsMadeUpFor() {
        Bandwidth bandwidth = limited(OptionalLong.of(1_000_000), Map.of());
        now.set(1000 * MILLI);
        assertEquals(0, bandwidth.reserve(address("10.0.0.1"), 10_000));
        assertEquals(0, bandwidth.reserve(address("10.0.0.1"), 1000));
        assertEquals(MILLI, bandwidth.reserve(address("10.0.0.1"), 1000));
    }

    @Test
    void aSubnetsLimitHoldsForItAlone() {
        Prefix slow = new Prefix(address("10.1.0.0"), 16);
        Bandwidth bandwidth = limited(OptionalLong.of(10_000_000), Map.of(slow, 1_000_000L));
        assertEquals(0, bandwidth.reserve(address("10.1.0.1"), 10_000));
        assertEquals(10 * MILLI, bandwidth.reserve(address("10.1.2.3"), 10_000));
        assertEquals(2 * MILLI, bandwidth.reserve(address("10.2.0.1"), 10_000));
        assertEquals(20 * MILLI, bandwidth.reserve(address("10.1.0.1"), 1));
    }

    @Test
    void aSubnetOfIpv6HasItsLimitToo() {
        Prefix slow = new Prefix(address("2001:db8:0:10::"), 60);
        Bandwidth bandwidth = limited(OptionalLong.empty(), Map.of(slow, 1_000_000L));
        assertEquals(0, bandwidth.reserve(address("2001:db8:0:10::1"), 10_000));
        assertEquals(10 * MILLI, bandwidth.reserve(address("2001:db8:0:1f::1"), 10_000));
        assertEquals(0, bandwidth.reserve(address("2001:db8:0:20::1"), 10_000));
        assertEquals(0, bandwidth.reserve(address("32.1.13.184"), 10_000)); // whose bytes are those of 2001:db8
    }
}
