package io.slipway.wiretests;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.slipway.dhcp.codec.Addresses;
import java.util.Arrays;
import java.util.List;

/**
 * Runs over the seeds of {@code ChainFuzzTestInputs/anyRequest} and what fuzzing ever found; with {@code JAZZER_FUZZ=1}
 * it searches for more: {@code ./slipway fuzz}. The first byte says how the rest comes.
 */
class ChainFuzzTest {

    private static final List<Arrival> ARRIVALS = List.of(
            Arrival.BROADCAST,
            Arrival.parse("dhcp on eth1"),
            Arrival.parse("pxe on eth0 from 192.0.2.77:4011 to 192.0.2.1"),
            Arrival.parse("pxe on eth1 from 203.0.113.77:68 to 203.0.113.1"),
            Arrival.parse("dhcp on eth0 from 198.51.100.1:67 to 192.0.2.1"),
            new Arrival("dhcp on eth0", Addresses.parse("192.0.2.100"), 68, Addresses.parse("192.0.2.1")));

    /** Requests that one chain has seen before another takes its place: what a request does may depend on others. */
    private static final int REQUESTS = 50_000;

    private static ShippedChain chain;
    private static int seen;

    @FuzzTest(maxDuration = "5m")
    void anyRequest(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        if (chain == null || ++seen == REQUESTS) {
            renew();
        }
        byte[] request = Arrays.copyOfRange(bytes, 1, bytes.length);
        AnyBytes.areAnsweredOrDropped(chain, request, ARRIVALS.get((bytes[0] & 0xff) % ARRIVALS.size()));
    }

    private static void renew() {
        if (chain != null) {
            chain.close();
        }
        chain = new ShippedChain();
        seen = 0;
    }
}
