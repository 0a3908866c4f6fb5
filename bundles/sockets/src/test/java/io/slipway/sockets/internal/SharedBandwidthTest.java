package io.slipway.sockets.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.embedded.EmbeddedChannel;
import io.slipway.sockets.Bandwidth;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharedBandwidthTest {

    private static final long MILLI = 1_000_000;
    private static final long MILLION = 1_000_000;

    private final AtomicLong now = new AtomicLong();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    /** Whose turn came, in order, at which millisecond. */
    private final List<String> turns = new ArrayList<>();

    @BeforeEach
    void stopTheClock() {
        channel.freezeTime();
    }

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

    private Optional<String> reserve(Bandwidth bandwidth, String client, long bytes) {
        return bandwidth.reserve(
                address(client), bytes, channel.eventLoop(), () -> turns.add(client + " @" + now.get() / MILLI));
    }

    private void pass(long millis) {
        long end = now.get() + millis * MILLI;
        while (now.get() < end) {
            long next = channel.runScheduledPendingTasks();
            channel.runPendingTasks();
            long step = next <= 0 ? end - now.get() : Math.min(next, end - now.get());
            now.addAndGet(step);
            channel.advanceTimeBy(step, TimeUnit.NANOSECONDS);
            channel.runPendingTasks();
        }
    }

    /** A million bytes a second: a thousand take a millisecond. */
    @Test
    void whoComesLaterWaitsForThoseBefore() {
        Bandwidth bandwidth = limited(OptionalLong.of(MILLION), Map.of());
        assertEquals(Optional.empty(), reserve(bandwidth, "10.0.0.1", 1000));
        assertEquals(Optional.of("bandwidth"), reserve(bandwidth, "10.0.0.2", 2000));
        assertEquals(Optional.of("bandwidth"), reserve(bandwidth, "10.0.0.3", 1000));
        pass(10);
        assertEquals(List.of("10.0.0.2 @1", "10.0.0.3 @3"), turns);
        assertEquals(Optional.empty(), reserve(bandwidth, "10.0.0.1", 1000));
    }

    @Test
    void aLittleOfWhatWasNotUsedIsMadeUpFor() {
        Bandwidth bandwidth = limited(OptionalLong.of(MILLION), Map.of());
        pass(1000);
        assertEquals(Optional.empty(), reserve(bandwidth, "10.0.0.1", 10_000));
        assertEquals(Optional.empty(), reserve(bandwidth, "10.0.0.1", 1000));
        assertEquals(Optional.of("bandwidth"), reserve(bandwidth, "10.0.0.1", 1000));
    }

    @Test
    void aSubnetsLimitHoldsForItAlone() {
        Prefix slow = new Prefix(address("10.1.0.0"), 16);
        Bandwidth bandwidth = limited(OptionalLong.of(10 * MILLION), Map.of(slow, MILLION));
        assertEquals(Optional.empty(), reserve(bandwidth, "10.1.0.1", 10_000));
        assertEquals(Optional.of("subnetBandwidth 10.1.0.0/16"), reserve(bandwidth, "10.1.2.3", 10_000));
        assertEquals(Optional.of("bandwidth"), reserve(bandwidth, "10.2.0.1", 10_000));
        pass(20);
        assertEquals(List.of("10.2.0.1 @1", "10.1.2.3 @10"), turns);
    }

    @Test
    void whoHadLessIsServedBeforeWhoHadMore() {
        Bandwidth bandwidth = limited(OptionalLong.of(MILLION), Map.of());
        reserve(bandwidth, "10.0.0.1", 16_000);
        reserve(bandwidth, "10.0.0.1", 16_000);
        reserve(bandwidth, "10.0.0.1", 16_000);
        reserve(bandwidth, "10.0.0.2", 1000);
        pass(100);
        assertEquals(List.of("10.0.0.2 @16", "10.0.0.1 @17", "10.0.0.1 @33"), turns);
    }

    @Test
    void aTurnIsShortHoweverLittleThereIs() {
        Prefix slow = new Prefix(address("10.1.0.0"), 16);
        assertEquals(65_536, limited(OptionalLong.of(500 * MILLION), Map.of()).turn());
        assertEquals(
                10_000,
                limited(OptionalLong.of(500 * MILLION), Map.of(slow, 20 * MILLION))
                        .turn());
        assertEquals(1_500, limited(OptionalLong.of(1000), Map.of()).turn());
        assertEquals(Long.MAX_VALUE, Bandwidth.UNLIMITED.turn());
    }

    /** One machine with many connections, each of large pieces; one with a window; one in lock-step. */
    @Test
    void aFastMachineDoesNotStarveSlowOnes() {
        Bandwidth bandwidth = limited(OptionalLong.of(30 * MILLION), Map.of());
        List<Sender> greedy = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            greedy.add(new Sender(bandwidth, "10.0.0.1", (int) bandwidth.turn(), 0));
        }
        Sender windowed = new Sender(bandwidth, "10.0.0.2", 8 * 1468, 0);
        // Could have 5 MB/s without the others: a packet in each round trip of 0.29 ms.
        Sender lockStep = new Sender(bandwidth, "10.0.0.3", 1468, 290_000);
        greedy.forEach(Sender::send);
        windowed.send();
        lockStep.send();
        pass(2000);
        long ofGreedy = greedy.stream().mapToLong(sender -> sender.sent).sum();
        long all = ofGreedy + windowed.sent + lockStep.sent;
        assertTrue(Math.abs(all - 60 * MILLION) < MILLION, "the limit is used: " + all);
        assertTrue(Math.abs(ofGreedy - windowed.sent) < MILLION, ofGreedy + " and " + windowed.sent);
        assertTrue(lockStep.sent > 4 * MILLION, "in lock-step: " + lockStep.sent);
    }

    @Test
    void tellsItsLimitsAndTheirUse() {
        Prefix slow = new Prefix(address("10.1.0.0"), 16);
        Bandwidth bandwidth = limited(OptionalLong.of(2 * MILLION), Map.of(slow, MILLION));
        Sender sender = new Sender(bandwidth, "10.1.0.1", 10_000, 0);
        new Sender(bandwidth, "10.1.0.2", 10_000, 0).send();
        sender.send();
        pass(3000);
        assertEquals(2, bandwidth.limits().size());
        Bandwidth.Limit subnet = bandwidth.limits().get(0);
        assertEquals("subnetBandwidth 10.1.0.0/16", subnet.name());
        assertEquals(MILLION, subnet.bytesPerSecond());
        assertTrue(Math.abs(subnet.used() - MILLION) <= 20_000, subnet.toString());
        assertTrue(subnet.waiting() > 0, subnet.toString());
        assertEquals(
                new Bandwidth.Limit("bandwidth", 2 * MILLION, subnet.used(), 0),
                bandwidth.limits().get(1));
        assertEquals(List.of(), Bandwidth.UNLIMITED.limits());
    }

    /** Sends as much as it may. */
    private final class Sender {

        private final Bandwidth bandwidth;
        private final InetAddress client;
        private final int share;
        private final long roundTrip;
        private long sent;

        Sender(Bandwidth bandwidth, String client, int share, long roundTrip) {
            this.bandwidth = bandwidth;
            this.client = address(client);
            this.share = share;
            this.roundTrip = roundTrip;
        }

        void send() {
            if (bandwidth
                    .reserve(client, share, channel.eventLoop(), this::sent)
                    .isEmpty()) {
                channel.eventLoop().execute(this::sent);
            }
        }

        @SuppressWarnings("FutureReturnValueIgnored") // it is never called off
        private void sent() {
            sent += share;
            if (roundTrip == 0) {
                send();
            } else {
                channel.eventLoop().schedule(this::send, roundTrip, TimeUnit.NANOSECONDS);
            }
        }
    }

    @Test
    void aSubnetOfIpv6HasItsLimitToo() {
        Prefix slow = new Prefix(address("2001:db8:0:10::"), 60);
        Bandwidth bandwidth = limited(OptionalLong.empty(), Map.of(slow, 1_000_000L));
        String name = "subnetBandwidth " + slow;
        assertEquals(Optional.empty(), reserve(bandwidth, "2001:db8:0:10::1", 10_000));
        assertEquals(Optional.of(name), reserve(bandwidth, "2001:db8:0:1f::1", 10_000));
        assertEquals(Optional.empty(), reserve(bandwidth, "2001:db8:0:20::1", 10_000));
        assertEquals(Optional.empty(), reserve(bandwidth, "32.1.13.184", 10_000)); // whose bytes are those of 2001:db8
    }
}
