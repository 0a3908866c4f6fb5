package io.slipway.sockets.internal;

import io.netty.util.concurrent.EventExecutor;
import io.slipway.sockets.Bandwidth;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What is sent passes the limit of each subnet that its client is in, then that of all. */
final class SharedBandwidth implements Bandwidth {

    /** A client in lock-step waits for one turn of somebody else with each of its blocks. */
    private static final long TURNS_PER_SECOND = 2000;

    private static final long LEAST_TURN = 1_500;
    private static final long MOST_TURN = 65_536;

    private final Optional<FairQueue> all;
    private final List<SubnetQueue> subnets;
    private final long turn;

    private record SubnetQueue(Prefix subnet, FairQueue queue) {}

    /**
     * @param total bytes a second for all; empty: no limit
     * @param subnets the same for what is sent to a subnet
     */
    SharedBandwidth(OptionalLong total, Map<Prefix, Long> subnets, LongSupplier clock) {
        this.all = total.stream()
                .mapToObj(rate -> new FairQueue("bandwidth", rate, clock))
                .findFirst();
        this.subnets = subnets.entrySet().stream()
                .map(each -> new SubnetQueue(
                        each.getKey(), new FairQueue("subnetBandwidth " + each.getKey(), each.getValue(), clock)))
                .toList();
        long least = LongStream.concat(total.stream(), subnets.values().stream().mapToLong(Long::longValue))
                .min()
                .orElse(Long.MAX_VALUE);
        this.turn = Math.max(LEAST_TURN, Math.min(MOST_TURN, least / TURNS_PER_SECOND));
    }

    @Override
    public Optional<String> reserve(InetAddress client, long bytes, EventExecutor loop, Runnable turn) {
        List<FairQueue> way = new ArrayList<>(2);
        for (SubnetQueue each : subnets) {
            if (each.subnet().contains(client)) {
                way.add(each.queue());
            }
        }
        all.ifPresent(way::add);
        return pass(way.iterator(), new Turn(client, bytes, loop, turn));
    }

    private record Turn(InetAddress client, long bytes, EventExecutor loop, Runnable then) {}

    private static Optional<String> pass(Iterator<FairQueue> way, Turn turn) {
        while (way.hasNext()) {
            FairQueue queue = way.next();
            if (!queue.enter(turn.client(), turn.bytes(), turn.loop(), () -> goOn(way, turn))) {
                return Optional.of(queue.name());
            }
        }
        return Optional.empty();
    }

    private static void goOn(Iterator<FairQueue> way, Turn turn) {
        if (pass(way, turn).isEmpty()) {
            turn.loop().execute(turn.then());
        }
    }

    @Override
    public long turn() {
        return turn;
    }

    @Override
    public List<Limit> limits() {
        return Stream.concat(subnets.stream().map(SubnetQueue::queue), all.stream())
                .map(FairQueue::limit)
                .toList();
    }
}
