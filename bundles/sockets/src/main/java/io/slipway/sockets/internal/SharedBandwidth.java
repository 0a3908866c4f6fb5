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
import java.util.stream.Stream;

/** What is sent passes the limit of each subnet that its client is in, then that of all. */
final class SharedBandwidth implements Bandwidth {

    private final Optional<FairQueue> all;
    private final List<SubnetQueue> subnets;

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
    public List<Limit> limits() {
        return Stream.concat(subnets.stream().map(SubnetQueue::queue), all.stream())
                .map(FairQueue::limit)
                .toList();
    }
}
