package io.slipway.sockets.internal;

import io.slipway.sockets.Bandwidth;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** One queue for all who send, and one for each subnet that has a limit of its own. */
final class SharedBandwidth implements Bandwidth {

    /** What was not used for so long may be made up for. */
    private static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Optional<Queue> all;
    private final List<SubnetQueue> subnets;
    private final LongSupplier clock;

    private record SubnetQueue(Prefix subnet, Queue queue) {}

    /** When what was reserved so far is sent. */
    private static final class Queue {

        private final long bytesPerSecond;
        private long free;

        Queue(long bytesPerSecond, long now) {
            this.bytesPerSecond = bytesPerSecond;
            this.free = now;
        }

        synchronized long reserve(long bytes, long now) {
            long start = Math.max(free, now - BURST_NANOS);
            free = start + (long) (bytes * 1e9 / bytesPerSecond);
            return Math.max(0, start - now);
        }
    }

    /**
     * @param total bytes a second for all; empty: no limit
     * @param subnets the same for what is sent to a subnet
     */
    SharedBandwidth(OptionalLong total, Map<Prefix, Long> subnets, LongSupplier clock) {
        long now = clock.getAsLong();
        this.all = total.stream().mapToObj(rate -> new Queue(rate, now)).findFirst();
        this.subnets = subnets.entrySet().stream()
                .map(each -> new SubnetQueue(each.getKey(), new Queue(each.getValue(), now)))
                .toList();
        this.clock = clock;
    }

    @Override
    public long reserve(InetAddress client, long bytes) {
        long now = clock.getAsLong();
        long wait = all.map(queue -> queue.reserve(bytes, now)).orElse(0L);
        for (SubnetQueue each : subnets) {
            if (each.subnet().contains(client)) {
                wait = Math.max(wait, each.queue().reserve(bytes, now));
            }
        }
        return wait;
    }
}
