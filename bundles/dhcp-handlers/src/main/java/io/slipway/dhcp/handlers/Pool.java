package io.slipway.dhcp.handlers;

import io.slipway.boot.MacAddress;
import java.net.Inet4Address;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The addresses of one subnet. Which one comes next is found without a search: those never used first, in order, then
 * the one whose last lease ended longest ago. What an address is used for stands in the book alone, which all pools
 * share; the indexes here only lead to it. Not safe for use by several threads: {@link Leases} holds the lock.
 */
final class Pool {

    /** How long an address rests that is found to be a server's or a relay agent's, in seconds. */
    private static final long REST = 600;

    private static final long COMPLAINT_INTERVAL = 60;

    private final Subnet subnet;
    private final Map<Inet4Address, Lease> book;
    private final TreeSet<Lease> byEnd = new TreeSet<>(Lease.BY_END);
    private final Map<MacAddress, Lease> byClient = new HashMap<>();
    private int pool;
    private int untouched;
    private Optional<Long> complainedAt = Optional.empty();
    private Optional<Long> declineToldAt = Optional.empty();

    /**
     * @param book every lease by its address
     */
    Pool(Subnet subnet, Map<Inet4Address, Lease> book) {
        this.subnet = subnet;
        this.book = book;
        book.values().stream()
                .filter(lease -> subnet.leases(lease.address()))
                .sorted(Lease.BY_END)
                .forEach(this::index);
    }

    Subnet subnet() {
        return subnet;
    }

    /** The lease that a client has, or had last. */
    Optional<Lease> of(MacAddress mac) {
        return Optional.ofNullable(byClient.get(mac)).filter(this::isCurrent);
    }

    boolean isFree(Inet4Address address, long now) {
        Lease lease = book.get(address);
        return lease == null || !lease.isLive(now);
    }

    /** An address for a client that has none; empty when all are in use. */
    Optional<Inet4Address> next(Requester who, long now) {
        Optional<Inet4Address> candidate = candidate(now);
        while (candidate.filter(who.taken()::contains).isPresent()) {
            put(new Lease(candidate.get(), who.mac(), "", "", now, now + REST, Lease.State.DECLINED));
            candidate = candidate(now);
        }
        return candidate;
    }

    private Optional<Inet4Address> candidate(long now) {
        for (; pool < subnet.pools().size(); pool++, untouched = 0) {
            AddressPool current = subnet.pools().get(pool);
            for (; current.group().isEmpty() && untouched < current.size(); untouched++) {
                Inet4Address address = current.at(untouched);
                if (!book.containsKey(address)) {
                    return Optional.of(address);
                }
            }
        }
        for (Iterator<Lease> oldest = byEnd.iterator(); oldest.hasNext(); ) {
            Lease lease = oldest.next();
            if (isCurrent(lease)) {
                return lease.isLive(now) ? Optional.empty() : Optional.of(lease.address());
            }
            oldest.remove();
        }
        return Optional.empty();
    }

    /** From now on this is what the address is used for. */
    void put(Lease lease) {
        Lease before = book.put(lease.address(), lease);
        if (before != null) {
            byEnd.remove(before);
            byClient.remove(before.mac(), before);
        }
        index(lease);
    }

    private void index(Lease lease) {
        byEnd.add(lease);
        if (lease.isOf(lease.mac())) {
            byClient.merge(lease.mac(), lease, this::latest);
        }
    }

    private Lease latest(Lease known, Lease added) {
        return isCurrent(known) && known.end() > added.end() && !known.address().equals(added.address())
                ? known
                : added;
    }

    private boolean isCurrent(Lease lease) {
        return lease.equals(book.get(lease.address()));
    }

    /** Whether a decline is to be logged; true at most once a minute. */
    boolean tellsDecline(long now) {
        boolean isDue =
                declineToldAt.filter(then -> now - then < COMPLAINT_INTERVAL).isEmpty();
        if (isDue) {
            declineToldAt = Optional.of(now);
        }
        return isDue;
    }

    /** One line with numbers on why there is no address, at most once a minute. */
    Optional<String> complaint(long now) {
        if (complainedAt.filter(then -> now - then < COMPLAINT_INTERVAL).isPresent()) {
            return Optional.empty();
        }
        complainedAt = Optional.of(now);
        int[] count = new int[Lease.State.values().length];
        book.values().stream()
                .filter(lease -> lease.isLive(now) && subnet.leases(lease.address()))
                .forEach(lease -> count[lease.state().ordinal()]++);
        return Optional.of(String.format(
                "no free address in %s of %s: %d leased, %d offered, %d declined or in use by others",
                AddressPool.text(subnet.pools()),
                subnet.network(),
                count[Lease.State.BOUND.ordinal()],
                count[Lease.State.OFFERED.ordinal()],
                count[Lease.State.DECLINED.ordinal()]));
    }
}
