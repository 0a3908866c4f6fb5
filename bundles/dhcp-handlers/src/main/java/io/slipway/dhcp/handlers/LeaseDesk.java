package io.slipway.dhcp.handlers;

import io.slipway.boot.MacAddress;
import io.slipway.dhcp.codec.Addresses;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** What an operator asks of the leases and does to them. Safe for use by many threads; clients go on meanwhile. */
public final class LeaseDesk {

    /** How many leases are looked at while clients wait. */
    private static final int AT_ONCE = 1000;

    /** Its lock guards the book and the notes. */
    private final Leases leases;

    private final Book book;
    private final LeaseWriter writer;
    private final LeaseClock clock;
    private final RelayNotes relays;

    LeaseDesk(Leases leases, Book book, LeaseWriter writer, LeaseClock clock, RelayNotes relays) {
        this.leases = leases;
        this.book = book;
        this.writer = writer;
        this.clock = clock;
        this.relays = relays;
    }

    /**
     * Looks at what every address is or was used for, in no order, each as it is when its turn comes. Clients wait as long
     * as it takes to list a million, once, and then for a thousand at a time.
     */
    public void forEach(Consumer<Lease> action) {
        List<Slot> slots;
        synchronized (leases) {
            slots = new ArrayList<>(book.size());
            book.forEach(slots::add);
        }
        for (int from = 0; from < slots.size(); from += AT_ONCE) {
            used(slots.subList(from, Math.min(from + AT_ONCE, slots.size()))).forEach(action);
        }
    }

    private List<Lease> used(List<Slot> slots) {
        List<Lease> used = new ArrayList<>(slots.size());
        synchronized (leases) {
            for (Slot slot : slots) {
                if (slot.isUsed()) {
                    used.add(slot.lease());
                }
            }
        }
        return used;
    }

    /** What the pools are used for, in the order of addresses; of those that clients asked for since the start. */
    List<PoolUsage> pools() {
        synchronized (leases) {
            return book.usage(clock.now());
        }
    }

    /** Which relay agent brought the request for a lease; empty when none did, or that is not known any more. */
    public Optional<String> relayOf(Lease lease) {
        synchronized (leases) {
            return relays.of(lease);
        }
    }

    /**
     * Ends what an address is used for.
     *
     * @return completes when that is durable, with what it was; empty when it is not in use
     */
    public Optional<CompletionStage<Lease>> end(Inet4Address named) {
        Lease ended;
        CompletableFuture<Void> stored;
        synchronized (leases) {
            long now = clock.now();
            Optional<Slot> live = book.find(Addresses.bits(named)).filter(slot -> slot.isUsed() && slot.isLive(now));
            if (live.isEmpty()) {
                return Optional.empty();
            }
            ended = live.get().lease();
            stored = leases.end(live.get(), Lease.State.RELEASED, now, now);
        }
        writer.flush();
        return Optional.of(stored.thenApply(done -> ended));
    }

    /** Takes over what another server leased; refused when the address is somebody else's here. */
    Claim adopt(Lease lease) {
        int address = Addresses.bits(lease.address());
        Optional<Content> before;
        Slot slot;
        int change;
        CompletableFuture<Void> stored;
        synchronized (leases) {
            long now = clock.now();
            Optional<Slot> used = book.find(address).filter(Slot::isUsed);
            Optional<Slot> others =
                    used.filter(one -> one.isLive(now) && !one.isOf(lease.mac().bits()));
            if (others.isPresent()) {
                boolean isLease = !others.get().is(Lease.State.DECLINED);
                return new Claim.Refused(
                        isLease ? "it is " + new MacAddress(others.get().mac()) + "'s here" : "something else uses it");
            }
            before = used.map(Slot::content);
            slot = leases.write(address, Content.of(lease), now);
            change = slot.changes();
            stored = writer.enqueue(lease);
        }
        writer.flush();
        return new Claim.Granted(lease, stored.whenComplete((done, failure) -> {
            if (failure != null) {
                forget(slot, change, before);
            }
        }));
    }

    /** What is not durable was never taken; a change that a client has made meanwhile stays. */
    private void forget(Slot slot, int change, Optional<Content> before) {
        synchronized (leases) {
            if (slot.changes() == change) {
                long now = Math.max(clock.now(), slot.start());
                leases.write(
                        slot.address(),
                        before.orElseGet(() -> slot.content().become(Lease.State.RELEASED, now, now)),
                        now);
            }
        }
    }

    /**
     * What the pools of a subnet are used for, and what is reserved outside of them.
     *
     * @param reserved the addresses of the subnet that are reserved for machines, each once; as 32 bits
     */
    List<PoolState> pools(Subnet subnet, Collection<Integer> reserved) {
        synchronized (leases) {
            return new PoolCensus(book, subnet, reserved, clock.now()).take();
        }
    }
}
