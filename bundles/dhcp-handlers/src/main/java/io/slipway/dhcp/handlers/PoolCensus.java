package io.slipway.dhcp.handlers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Counts what the addresses of a subnet are used for. Guarded by the lock of {@link Leases}. */
final class PoolCensus {

    private final Book book;
    private final Subnet subnet;
    private final Collection<Integer> reserved;
    private final long now;

    /**
     * @param reserved the addresses of the subnet that are reserved for machines, each once; as 32 bits
     */
    PoolCensus(Book book, Subnet subnet, Collection<Integer> reserved, long now) {
        this.book = book;
        this.subnet = subnet;
        this.reserved = reserved;
        this.now = now;
    }

    /** Of each pool, and behind them of what is reserved outside of all, if anything is. */
    List<PoolState> take() {
        List<PoolState> states = new ArrayList<>();
        List<Pool> pools = book.poolsOf(subnet, now);
        pools.forEach(pool -> states.add(of(pool)));
        List<Integer> outside = reserved.stream()
                .filter(address -> pools.stream().noneMatch(pool -> pool.contains(address)))
                .toList();
        if (!outside.isEmpty()) {
            states.add(ofOutside(outside));
        }
        return states;
    }

    private PoolState of(Pool pool) {
        PoolUsage usage = pool.usage(now);
        int idle = 0;
        for (int address : reserved) {
            // What the pool has counted already, as leased or as set aside, is not counted twice.
            boolean isCounted =
                    book.find(address).filter(slot -> slot.due() > now).isPresent();
            idle += pool.contains(address) && !isCounted ? 1 : 0;
        }
        return new PoolState(
                subnet.name(),
                subnet.network().toString(),
                usage.pool(),
                usage.size(),
                usage.leased(),
                usage.offered(),
                usage.declined(),
                usage.setAside() + idle,
                usage.free() - idle,
                pool.newLeases(now));
    }

    private PoolState ofOutside(List<Integer> outside) {
        int leased = live(outside, Lease.State.BOUND);
        int offered = live(outside, Lease.State.OFFERED);
        int declined = live(outside, Lease.State.DECLINED);
        return new PoolState(
                subnet.name(),
                subnet.network().toString(),
                PoolState.OUTSIDE,
                outside.size(),
                leased,
                offered,
                declined,
                outside.size() - leased - offered - declined,
                0,
                0);
    }

    private int live(List<Integer> addresses, Lease.State state) {
        return (int) addresses.stream()
                .map(book::find)
                .flatMap(Optional::stream)
                .filter(slot -> slot.is(state) && slot.isLive(now))
                .count();
    }
}
