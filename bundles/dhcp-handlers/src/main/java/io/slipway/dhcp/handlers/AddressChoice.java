package io.slipway.dhcp.handlers;

import io.slipway.boot.MachineIdentity;
import io.slipway.dhcp.codec.Addresses;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which address a client gets, and whether it may have the one that it names: what is reserved for it, else what it has
 * or had last, else what it wishes, else the next (RFC 2131 section 4.3.1). Guarded by the lock of {@link Leases}.
 */
final class AddressChoice {

    /** How long an address is passed over that is reserved, a server's or a relay agent's, in seconds. */
    private static final long REST = 600;

    /** How long one is passed over whose former holder has a transfer under way, in seconds. */
    private static final long TRANSFER_REST = 30;

    private final Book book;
    private final Reservations reservations;
    private final TransferHold transfers;
    private final Newcomers newcomers;

    AddressChoice(Book book, Reservations reservations, TransferHold transfers, Newcomers newcomers) {
        this.book = book;
        this.reservations = reservations;
        this.transfers = transfers;
        this.newcomers = newcomers;
    }

    /** The address to offer to a client. */
    Choice choose(Requester who, Optional<Inet4Address> wish, long now) {
        Optional<Integer> reserved = reserved(who, now);
        if (reserved.isPresent()) {
            return new Choice.Found(reserved.get());
        }
        Optional<Slot> own = own(who, now);
        boolean isLive = own.filter(slot -> slot.isLive(now)).isPresent();
        if (!isLive && !isKnown(who)) {
            if (newcomers.mustWait(who, now)) {
                return new Choice.None("too many unknown clients", false);
            }
            if (isReserveReached(who, now)) {
                return new Choice.None("no free address for unknown clients", true);
            }
        }
        return own.map(Slot::address)
                .or(() -> wish.map(Addresses::bits)
                        .filter(address -> obstacle(who, address, now).isEmpty()))
                .or(() -> next(who, now))
                .<Choice>map(Choice.Found::new)
                .orElseGet(() -> new Choice.None("no free address", true));
    }

    /** Why a client cannot have an address; empty when it can. */
    Optional<Obstacle> obstacle(Requester who, int address, long now) {
        Optional<Subnet> subnet = who.subnetOf(address);
        if (subnet.isEmpty()) {
            return Optional.of(Obstacle.ELSEWHERE);
        }
        boolean isReserved = who.reserved().contains(address);
        if (who.seesInUse(address)
                || (!isReserved && poolOf(who, subnet.get(), address, now).isEmpty())) {
            return Optional.of(Obstacle.NOT_LEASED);
        }
        Optional<Slot> slot = book.find(address);
        boolean isOwn = slot.filter(known -> known.isOf(who.mac().bits())).isPresent();
        if (!isReserved && reservations.isForAnother(address, who)) {
            // Whose it was keeps it as long as it has a transfer under way.
            boolean isBusy = isOwn && slot.get().isLive(now) && transfers.holds(address, now);
            return isBusy ? Optional.empty() : Optional.of(Obstacle.RESERVED);
        }
        if (isOwn || slot.isEmpty()) {
            return Optional.empty();
        }
        if (slot.get().isLive(now)) {
            return Optional.of(Obstacle.IN_USE);
        }
        return slot.get().isUsed() && transfers.holds(address, now)
                ? Optional.of(Obstacle.IN_TRANSFER)
                : Optional.empty();
    }

    /** The first of its reserved addresses that a client can have. */
    Optional<Integer> reserved(Requester who, long now) {
        for (int address : who.reserved()) {
            Optional<Obstacle> obstacle = obstacle(who, address, now);
            if (obstacle.isEmpty()) {
                if (!who.isTrial()) {
                    reservations.settled(address);
                }
                return Optional.of(address);
            }
            boolean isHeld = obstacle.get() == Obstacle.IN_USE || obstacle.get() == Obstacle.IN_TRANSFER;
            if (isHeld && !who.isTrial()) {
                reservations.complain(
                        who.machine().orElseThrow(), book.find(address).orElseThrow(), now);
            }
        }
        return Optional.empty();
    }

    /**
     * Whether anything is known of a client: it is a machine's, or has, or had, a lease. A port alone is no machine:
     * whoever is plugged in there can have any number of MAC addresses.
     */
    boolean isKnown(Requester who) {
        boolean isMachine = who.machine()
                .filter(machine -> machine.identities().stream()
                        .anyMatch(identity -> !(identity instanceof MachineIdentity.CircuitId)))
                .isPresent();
        return isMachine || book.knows(who.mac().bits());
    }

    /** Whether so few addresses are left that they are kept for those who are known. */
    boolean isReserveReached(Requester who, long now) {
        int percent = newcomers.limits().reserve();
        if (percent == 0) {
            return false;
        }
        long available = 0;
        long reserve = 0;
        for (Pool pool : pools(who, now)) {
            available += pool.available(now);
            reserve += newcomers.limits().reserveOf(pool.addresses().size());
        }
        return available <= reserve;
    }

    /** A lease or an offer that a client has in these subnets, and can keep, besides that of an address. */
    Optional<Slot> liveBeside(Requester who, int address, long now) {
        return liveOthers(who, address, now).stream()
                .filter(slot -> obstacle(who, slot.address(), now).isEmpty())
                .findFirst();
    }

    /** The leases and offers that a client has in these subnets, besides that of an address. */
    List<Slot> liveOthers(Requester who, int address, long now) {
        return slots(who).stream()
                .filter(slot -> slot.address() != address
                        && slot.isLive(now)
                        && who.subnetOf(slot.address()).isPresent())
                .toList();
    }

    /** The address that a client has, else the one that it had last, if it may have it again. */
    private Optional<Slot> own(Requester who, long now) {
        Slot best = null;
        for (Slot slot : slots(who)) {
            boolean isBetter = best == null || rank(slot, now) > rank(best, now);
            if (isBetter && obstacle(who, slot.address(), now).isEmpty()) {
                best = slot;
            }
        }
        return Optional.ofNullable(best);
    }

    private static long rank(Slot slot, long now) {
        return slot.end() + (slot.isLive(now) && slot.is(Lease.State.BOUND) ? Slot.LAST_SECOND : 0);
    }

    private List<Slot> slots(Requester who) {
        List<Slot> slots = new ArrayList<>(2);
        for (Optional<Slot> slot = book.latestOf(who.mac().bits());
                slot.isPresent();
                slot = slot.get().nextOfClient()) {
            slots.add(slot.get());
        }
        return slots;
    }

    private Optional<Integer> next(Requester who, long now) {
        List<Pool> pools = pools(who, now);
        if (who.isTrial()) {
            // what a client cannot have is looked past, for a trial sets nothing aside
            return Stream.concat(
                            pools.stream().flatMap(Pool::untouched),
                            pools.stream().flatMap(pool -> pool.free(now)))
                    .filter(address -> obstacle(who, address, now).isEmpty())
                    .findFirst();
        }
        for (Pool pool : pools) {
            for (Optional<Integer> first = pool.firstUntouched(); first.isPresent(); first = pool.firstUntouched()) {
                if (isGivenTo(who, first.get(), now)) {
                    return first;
                }
            }
        }
        for (Pool pool : pools) {
            for (Optional<Slot> free = pool.longestFree(now); free.isPresent(); free = pool.longestFree(now)) {
                if (isGivenTo(who, free.get().address(), now)) {
                    return free.map(Slot::address);
                }
            }
        }
        return Optional.empty();
    }

    /** Whether a client can have an address; one that it cannot have is passed over for a while. */
    private boolean isGivenTo(Requester who, int address, long now) {
        Optional<Obstacle> obstacle = obstacle(who, address, now);
        obstacle.ifPresent(
                is -> book.setAside(address, now + (is == Obstacle.IN_TRANSFER ? TRANSFER_REST : REST), now));
        return obstacle.isEmpty();
    }

    private Optional<Pool> poolOf(Requester who, Subnet subnet, int address, long now) {
        for (Pool pool : book.poolsOf(subnet, now)) {
            if (pool.contains(address)) {
                return Optional.of(pool).filter(around -> isOpenTo(who, around));
            }
        }
        return Optional.empty();
    }

    /** The pools that a client may get an address of: first those that are kept for its groups. */
    private List<Pool> pools(Requester who, long now) {
        List<Pool> kept = new ArrayList<>();
        List<Pool> open = new ArrayList<>();
        for (Subnet subnet : who.subnets()) {
            for (Pool pool : book.poolsOf(subnet, now)) {
                if (pool.addresses().group().isEmpty()) {
                    open.add(pool);
                } else if (isOpenTo(who, pool)) {
                    kept.add(pool);
                }
            }
        }
        kept.addAll(open);
        return kept;
    }

    private static boolean isOpenTo(Requester who, Pool pool) {
        return pool.addresses().group().map(who.groups()::contains).orElse(true);
    }
}
