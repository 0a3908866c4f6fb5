package io.slipway.dhcp.handlers;

import io.slipway.boot.MacAddress;
import io.slipway.dhcp.codec.Addresses;
import java.util.Optional;

/**
 * What one address is used for. 64 bytes with its links, beside the array of names: there may be a million of them.
 * Guarded by the lock of {@link Leases}.
 */
final class Slot extends Link {

    /** The last second that fits, in 2106: what lasts for ever ends here. */
    static final long LAST_SECOND = 0xffff_ffffL;

    private static final Pool.Use[] USES = Pool.Use.values();
    private static final int MAC_BITS = 48;
    private static final long MAC_MASK = (1L << MAC_BITS) - 1;

    private final int address;

    /** The MAC address in the lower 48 bits, the state's code above; 0 before the first use. */
    private long holder;

    /** Seconds since 1970, unsigned. */
    private int start;

    private int end;

    /** When its pool looks at it again: at its end, or later where it must rest. */
    private int due;

    /** Counts changes, so that a write that fails late undoes its own change alone. */
    private int changes;

    private byte[] names = ClientNames.NONE;

    /** What its pool counted it as when it was put where it stands. */
    private byte use;

    /** The pool in whose order this address stands; null outside of all pools. */
    private Pool pool;

    /** The next address of the same client; null at the end. */
    private Slot nextOfClient;

    /** Where an unknown client got this offer; null otherwise. */
    private Origin origin;

    Slot(int address) {
        this.address = address;
    }

    /** As 32 bits. */
    int address() {
        return address;
    }

    /** 48 bits. */
    long mac() {
        return holder & MAC_MASK;
    }

    /** Whether anybody had it yet. */
    boolean isUsed() {
        return holder != 0;
    }

    boolean is(Lease.State state) {
        return holder >>> MAC_BITS == state.code();
    }

    /** Whether a client has, or had last, a lease of it, not just an offer. */
    boolean isLease() {
        return is(Lease.State.BOUND) || is(Lease.State.RELEASED);
    }

    /** Whether this client has the address, or had it last. */
    boolean isOf(long mac) {
        return isUsed() && mac() == mac && !is(Lease.State.DECLINED);
    }

    /** Whether the address is somebody's now. */
    boolean isLive(long now) {
        return end() > now;
    }

    long start() {
        return Integer.toUnsignedLong(start);
    }

    long end() {
        return Integer.toUnsignedLong(end);
    }

    long due() {
        return Integer.toUnsignedLong(due);
    }

    void due(long second) {
        due = seconds(second);
    }

    Pool.Use use() {
        return USES[use];
    }

    void use(Pool.Use counted) {
        use = (byte) counted.code;
    }

    int changes() {
        return changes;
    }

    byte[] names() {
        return names;
    }

    /** From now on it is used for this. */
    void become(Content content) {
        holder = ((long) content.state().code() << MAC_BITS) | content.mac();
        names = content.names();
        start = seconds(content.start());
        end = seconds(content.end());
        changes++;
    }

    /** What it is used for; only of one that {@link #isUsed}. */
    Content content() {
        return new Content(state(), mac(), names, start(), end());
    }

    /** As it is seen outside; only of one that {@link #isUsed}. */
    Lease lease() {
        return new Lease(
                Addresses.of(address),
                new MacAddress(mac()),
                ClientNames.clientId(names),
                ClientNames.hostName(names),
                start(),
                end(),
                state());
    }

    Lease.State state() {
        return Lease.State.of((int) (holder >>> MAC_BITS));
    }

    Optional<Pool> pool() {
        return Optional.ofNullable(pool);
    }

    void pool(Pool holding) {
        pool = holding;
    }

    Optional<Slot> nextOfClient() {
        return Optional.ofNullable(nextOfClient);
    }

    void nextOfClient(Optional<Slot> next) {
        nextOfClient = next.orElse(null);
    }

    Optional<Origin> origin() {
        return Optional.ofNullable(origin);
    }

    void origin(Optional<Origin> place) {
        origin = place.orElse(null);
    }

    private static int seconds(long second) {
        return (int) Math.min(second, LAST_SECOND);
    }
}
