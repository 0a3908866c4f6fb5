package io.slipway.dhcp.handlers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Every address that is or was in use, found by address and by client, and the pools that addresses are taken from. A
 * lease takes 64 bytes, its names, and 24 to 48 bytes of the two indexes. Guarded by the lock of {@link Leases}.
 */
final class Book {

    private record Served(List<AddressPool> configured, List<Pool> pools) {}

    private final Index<Slot> byAddress = new Index<>(Slot::address);

    /** The latest address of each client; the others follow it. */
    private final Index<Slot> byClient = new Index<>(Slot::mac);

    private final FormerClients former = new FormerClients();

    /** By the name of the subnet. */
    private final Map<String, Served> served = new HashMap<>();

    /** By the first address, as an unsigned number. */
    private final NavigableMap<Long, Pool> pools = new TreeMap<>();

    int size() {
        return byAddress.size();
    }

    Optional<Slot> find(int address) {
        return byAddress.find(address);
    }

    /** The latest of the addresses that a client has or had; {@link Slot#nextOfClient()} has the others. */
    Optional<Slot> latestOf(long mac) {
        return byClient.find(mac);
    }

    /** Whether a client has a lease, or had one. */
    boolean knows(long mac) {
        for (Optional<Slot> slot = latestOf(mac);
                slot.isPresent();
                slot = slot.get().nextOfClient()) {
            if (slot.get().isLease()) {
                return true;
            }
        }
        return former.contains(mac);
    }

    void forEach(Consumer<Slot> action) {
        byAddress.forEach(action);
    }

    /** The pools of a subnet; made anew when others are configured than at the last call. */
    List<Pool> poolsOf(Subnet subnet, long now) {
        Served before = served.get(subnet.name());
        if (before != null
                && (before.configured() == subnet.pools() || before.configured().equals(subnet.pools()))) {
            return before.pools();
        }
        if (before != null) {
            pools.values().removeAll(before.pools());
        }
        List<Pool> fresh = new ArrayList<>();
        for (AddressPool configured : subnet.pools()) {
            pools.values().removeIf(old -> old.addresses().range().overlaps(configured.range()));
            Pool pool = new Pool(configured, this, now);
            pools.put(AddressRange.number(configured.range().first()), pool);
            fresh.add(pool);
        }
        served.put(subnet.name(), new Served(subnet.pools(), List.copyOf(fresh)));
        return fresh;
    }

    /** What every pool is used for, by address; of those that were asked for at least once. */
    List<PoolUsage> usage(long now) {
        List<PoolUsage> all = new ArrayList<>();
        pools.values().forEach(pool -> all.add(pool.usage(now)));
        return all;
    }

    /** Writes down what an address is used for from now on. */
    Slot write(int address, Content content, long now) {
        Slot slot = byAddress.find(address).orElseGet(() -> {
            Slot fresh = new Slot(address);
            byAddress.put(fresh);
            return fresh;
        });
        // Most writes are of a client that goes on with what it has: it is found by this address already.
        boolean goesOn = slot.isOf(content.mac()) && slot.isLive(now) && content.state() != Lease.State.DECLINED;
        if (!goesOn) {
            forget(slot);
        }
        if (slot.isLease() && slot.mac() != content.mac()) {
            former.add(slot.mac());
        }
        slot.become(content);
        place(slot, slot.end(), now);
        if (!goesOn && content.state() != Lease.State.DECLINED) {
            remember(slot, now);
        }
        return slot;
    }

    /** An address that nobody holds is not to be given away until a second. */
    void setAside(int address, long until, long now) {
        Slot slot = byAddress.find(address).orElseGet(() -> {
            Slot fresh = new Slot(address);
            byAddress.put(fresh);
            return fresh;
        });
        place(slot, until, now);
    }

    private void place(Slot slot, long due, long now) {
        slot.pool().or(() -> poolAround(slot.address())).ifPresent(pool -> pool.put(slot, due, now));
    }

    private Optional<Pool> poolAround(int address) {
        return Optional.ofNullable(pools.floorEntry(Integer.toUnsignedLong(address)))
                .map(Map.Entry::getValue)
                .filter(pool -> pool.contains(address));
    }

    /**
     * The client that has an address is found by it, the latest first. Of one pool it is known by one address alone, or
     * by those that are still live: else a client that goes through many addresses would be slow to find.
     */
    private void remember(Slot slot, long now) {
        slot.nextOfClient(byClient.find(slot.mac()));
        byClient.put(slot);
        if (slot.pool().isPresent()) {
            Slot last = slot;
            for (Optional<Slot> next = slot.nextOfClient(); next.isPresent(); next = last.nextOfClient()) {
                Slot other = next.get();
                if (other.isLive(now) || !other.pool().equals(slot.pool())) {
                    last = other;
                } else {
                    last.nextOfClient(other.nextOfClient());
                    other.nextOfClient(Optional.empty());
                }
            }
        }
    }

    /** The client that had an address is no longer found by it. */
    private void forget(Slot slot) {
        Optional<Slot> first = slot.isUsed() ? byClient.find(slot.mac()) : Optional.empty();
        if (first.isPresent() && first.get() == slot) {
            slot.nextOfClient().ifPresentOrElse(byClient::put, () -> byClient.remove(slot.mac()));
        } else {
            for (Optional<Slot> at = first; at.isPresent(); at = at.get().nextOfClient()) {
                Optional<Slot> next = at.get().nextOfClient();
                if (next.isPresent() && next.get() == slot) {
                    at.get().nextOfClient(slot.nextOfClient());
                }
            }
        }
        slot.nextOfClient(Optional.empty());
    }
}
