package io.slipway.dhcp.handlers;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The addresses of one pool in the order in which they are given away: those never used first, by address, then the one
 * that has been free for longest.
 *
 * <p>What it costs: an address never used is found by a bit set of one bit an address, 64 bits a step, and the search
 * never goes back. A used one stands in the ring of the second at which it is to be free, rings are found by an
 * {@link Index} over seconds, and when that second has passed the ring joins the ring of free addresses as a whole. So
 * finding an address, giving it away, renewing and releasing it each take a few steps, whatever the size of the pool
 * and however full it is; and each second that passes costs one look-up, or, after a long quiet, each ring one. A
 * fresh pool looks once at each of its addresses, or at each lease if those are fewer. Guarded by the lock of
 * {@link Leases}.
 */
final class Pool {

    /** What an address that is not free is used for. */
    enum Use {
        LEASED(0),
        OFFERED(1),
        DECLINED(2),
        /** Not given to anybody for the time being, though nobody holds it. */
        SET_ASIDE(3);

        /** Its place in an array of counts. */
        final int code;

        Use(int code) {
            this.code = code;
        }

        private static Use of(Slot slot, long now) {
            if (!slot.isUsed() || !slot.isLive(now)) {
                return SET_ASIDE;
            }
            return switch (slot.state()) {
                case OFFERED -> OFFERED;
                case DECLINED -> DECLINED;
                case BOUND, RELEASED -> LEASED;
            };
        }
    }

    /** The addresses that are to be free at one second; the beginning of their ring. */
    private static final class Ring extends Link {
        private final long second;
        private final int[] uses = new int[Use.values().length];

        Ring(long second) {
            this.second = second;
        }
    }

    private final AddressPool addresses;
    private final Index<Ring> rings = new Index<>(ring -> ring.second);
    private final Link free = new Link();
    private final BitSet touched;
    private final int[] uses = new int[Use.values().length];
    private final LastMinute newLeases = new LastMinute();
    private int cursor;
    private long reached;

    /**
     * @param book every address that is or was in use
     */
    Pool(AddressPool addresses, Book book, long now) {
        this.addresses = addresses;
        this.touched = new BitSet(addresses.size());
        this.reached = now;
        List<Slot> present = new ArrayList<>();
        if (addresses.size() < book.size()) {
            for (int i = 0; i < addresses.size(); i++) {
                book.find(addresses.bitsAt(i)).ifPresent(present::add);
            }
        } else {
            book.forEach(slot -> {
                if (addresses.indexOf(slot.address()) >= 0) {
                    present.add(slot);
                }
            });
        }
        // Those that are free stand in the order in which they became so.
        present.sort(Comparator.comparingLong(Slot::end).thenComparing(Slot::address, Integer::compareUnsigned));
        present.forEach(slot -> put(slot, slot.end(), now));
    }

    AddressPool addresses() {
        return addresses;
    }

    boolean contains(int address) {
        return addresses.indexOf(address) >= 0;
    }

    /** The first address that was never used. */
    Optional<Integer> firstUntouched() {
        cursor = touched.nextClearBit(cursor);
        return cursor < addresses.size() ? Optional.of(addresses.bitsAt(cursor)) : Optional.empty();
    }

    /** The address that has been free for longest of those that were used. */
    Optional<Slot> longestFree(long now) {
        advance(now);
        return free.isAlone() ? Optional.empty() : Optional.of((Slot) free.after());
    }

    /** Every address that was never used, in order. */
    Stream<Integer> untouched() {
        return Stream.iterate(touched.nextClearBit(cursor), i -> i < addresses.size(), i -> touched.nextClearBit(i + 1))
                .map(addresses::bitsAt);
    }

    /** Every free address that was used, the one that has been free for longest first. */
    Stream<Integer> free(long now) {
        advance(now);
        return Stream.iterate(free.after(), slot -> slot != free, Link::after).map(slot -> ((Slot) slot).address());
    }

    /** How many addresses are free. */
    int available(long now) {
        advance(now);
        return addresses.size() - inUse();
    }

    PoolUsage usage(long now) {
        advance(now);
        return new PoolUsage(
                addresses.toString(),
                addresses.size(),
                uses[Use.LEASED.code],
                uses[Use.OFFERED.code],
                uses[Use.DECLINED.code],
                uses[Use.SET_ASIDE.code]);
    }

    /** A client has got an address that it did not have. */
    void leased(long now) {
        newLeases.add(now, 1, now);
    }

    /** How many clients got an address in the last minute that they did not have. */
    int newLeases(long now) {
        return newLeases.sum(now);
    }

    /**
     * An address of this pool is in use, or rests, until a second; at once free when that has passed. Called whenever
     * its lease has changed.
     */
    void put(Slot slot, long due, long now) {
        slot.pool().ifPresent(pool -> pool.take(slot));
        advance(now);
        touched.set(addresses.indexOf(slot.address()));
        slot.pool(this);
        slot.due(due);
        if (slot.due() <= reached) {
            free.append(slot);
        } else {
            Use use = Use.of(slot, now);
            slot.use(use);
            Ring ring = rings.find(slot.due()).orElseGet(() -> add(new Ring(slot.due())));
            ring.append(slot);
            ring.uses[use.code]++;
            uses[use.code]++;
        }
    }

    private Ring add(Ring ring) {
        rings.put(ring);
        return ring;
    }

    /** The address leaves the order. */
    private void take(Slot slot) {
        slot.leave();
        slot.pool(null);
        if (slot.due() > reached) {
            Ring ring = rings.find(slot.due()).orElseThrow();
            ring.uses[slot.use().code]--;
            uses[slot.use().code]--;
            if (ring.isAlone()) {
                rings.remove(ring.second);
            }
        }
    }

    private int inUse() {
        int sum = 0;
        for (int count : uses) {
            sum += count;
        }
        return sum;
    }

    /** Addresses whose second has passed are free, in the order of seconds. */
    private void advance(long now) {
        if (now - reached > rings.size()) {
            List<Ring> passed = new ArrayList<>();
            rings.forEach(ring -> {
                if (ring.second <= now) {
                    passed.add(ring);
                }
            });
            passed.sort(Comparator.comparingLong(ring -> ring.second));
            passed.forEach(this::release);
            reached = now;
        }
        while (reached < now) {
            reached++;
            rings.find(reached).ifPresent(this::release);
        }
    }

    private void release(Ring ring) {
        rings.remove(ring.second);
        free.appendAll(ring);
        for (int i = 0; i < uses.length; i++) {
            uses[i] -= ring.uses[i];
        }
    }
}
