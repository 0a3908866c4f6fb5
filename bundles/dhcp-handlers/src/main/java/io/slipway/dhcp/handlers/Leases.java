package io.slipway.dhcp.handlers;

import io.slipway.state.StateStore;
import java.io.IOException;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every lease, in memory, and written to the {@link StateStore} before the client hears of it. Safe for use by many
 * threads; the lock is never held while the store is called.
 */
@Component(service = Leases.class)
public final class Leases {

    /** How long an offer keeps its address. */
    static final Duration OFFER_TIME = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    private final LeaseClock clock;
    private final LeaseWriter writer;
    private final OtherWriters others;
    private final Map<Inet4Address, Lease> book = new HashMap<>();
    private final Map<Subnet, Pool> pools = new HashMap<>();

    @Activate
    public Leases(@Reference StateStore store) throws IOException {
        this(store, LeaseClock.system());
    }

    Leases(StateStore store, LeaseClock clock) throws IOException {
        this.clock = clock;
        long id = UUID.randomUUID().getMostSignificantBits();
        this.writer = new LeaseWriter(store, id);
        this.others = new OtherWriters(store, id, this::learn);
        others.follow();
    }

    @Deactivate
    void close() {
        others.close();
    }

    /** What another writer stored, or this server before its restart. */
    private synchronized void learn(Lease lease) {
        pools.values().stream()
                .filter(pool -> pool.subnet().leases(lease.address()))
                .forEach(pool -> pool.put(lease));
        book.put(lease.address(), lease);
    }

    /**
     * Keeps an address for a client for {@link #OFFER_TIME}: the one it has or had last, else the one it wishes, else a
     * free one. A lease that is under way stays as it is.
     *
     * @return empty when all addresses are in use
     */
    synchronized Optional<Lease> offer(Subnet subnet, Requester who, Optional<Inet4Address> wish) {
        Pool pool = pool(subnet);
        long now = clock.now();
        Optional<Inet4Address> address = pick(pool, who, wish, now);
        return address.map(free -> {
            Lease present = book.get(free);
            if (present != null
                    && present.isOf(who.mac())
                    && present.isLive(now)
                    && present.state() == Lease.State.BOUND) {
                return present;
            }
            Lease offered = lease(free, who, now, OFFER_TIME, Lease.State.OFFERED);
            pool.put(offered);
            return offered;
        });
    }

    /** The lease that a client has in a subnet, or had last. */
    synchronized Optional<Lease> of(Subnet subnet, Requester who) {
        return pool(subnet).of(who.mac());
    }

    /** Gives a client without DHCP the address that {@link #offer} would offer; empty when all are in use. */
    Optional<Claim.Granted> lend(Subnet subnet, Requester who, Duration time) {
        Optional<Change> change;
        synchronized (this) {
            long now = clock.now();
            Pool pool = pool(subnet);
            change = pick(pool, who, Optional.empty(), now).map(address -> bind(pool, who, address, time, now));
        }
        return change.map(this::granted);
    }

    /**
     * A client claims an address, by selecting an offer, after a reboot, or to keep it for longer.
     *
     * @param takeVacant whether it gets an address that is free and of which nothing is known
     */
    Claim claim(Subnet subnet, Requester who, Inet4Address address, Duration time, boolean takeVacant) {
        Change change;
        synchronized (this) {
            long now = clock.now();
            Pool pool = pool(subnet);
            Optional<Claim> refusal = refusal(pool, who, address, takeVacant, now);
            if (refusal.isPresent()) {
                return refusal.get();
            }
            change = bind(pool, who, address, time, now);
        }
        return granted(change);
    }

    private Optional<Claim> refusal(Pool pool, Requester who, Inet4Address address, boolean takeVacant, long now) {
        Subnet subnet = pool.subnet();
        if (!subnet.network().contains(address)) {
            return Optional.of(new Claim.Unknown("address of another network"));
        }
        if (!subnet.leases(address) || who.taken().contains(address)) {
            return Optional.of(new Claim.Unknown("address is not leased here"));
        }
        Lease present = book.get(address);
        boolean own = present != null && present.isOf(who.mac());
        if (!own && !pool.isFree(address, now)) {
            return Optional.of(new Claim.Refused("address is in use"));
        }
        if (pool.of(who.mac())
                .filter(lease -> lease.isLive(now) && !lease.address().equals(address))
                .isPresent()) {
            return Optional.of(new Claim.Refused("client has another address"));
        }
        return own || takeVacant ? Optional.empty() : Optional.of(new Claim.Unknown("no lease is known"));
    }

    /** The client gives its address back. False when it was not its own; nothing changes then. */
    boolean release(Subnet subnet, Requester who, Inet4Address address) {
        return end(subnet, who, address, Lease.State.RELEASED, Duration.ZERO);
    }

    /** The client found its address in use. False when it was not its own; nothing changes then. */
    boolean decline(Subnet subnet, Requester who, Inet4Address address, Duration hold) {
        return end(subnet, who, address, Lease.State.DECLINED, hold);
    }

    private boolean end(Subnet subnet, Requester who, Inet4Address address, Lease.State state, Duration hold) {
        CompletableFuture<Void> stored;
        synchronized (this) {
            long now = clock.now();
            Lease present = book.get(address);
            if (present == null || !present.isOf(who.mac()) || !present.isLive(now) || !subnet.leases(address)) {
                return false;
            }
            Lease ended = present.become(state, now, now + hold.toSeconds());
            pool(subnet).put(ended);
            stored = writer.enqueue(ended);
        }
        writer.flush();
        stored.exceptionally(failure -> {
            LOG.warn(
                    "{} is {} but that is not stored ({}): after a restart its lease counts until it ends;"
                            + " look at the disk (space, health) of the data directory",
                    address.getHostAddress(),
                    state.name().toLowerCase(Locale.ROOT),
                    failure.getMessage());
            return null;
        });
        return true;
    }

    /** Why there is no address for anyone, for the log, at most once a minute. */
    synchronized Optional<String> complaint(Subnet subnet) {
        return pool(subnet).complaint(clock.now());
    }

    /** Whether a decline is to be logged: at most one a minute, for whoever leases can decline. */
    synchronized boolean tellsDecline(Subnet subnet) {
        return pool(subnet).tellsDecline(clock.now());
    }

    /** Every address that is or was in use, in the order of addresses. */
    public synchronized List<Lease> all() {
        return book.values().stream()
                .sorted(Comparator.comparingLong(lease -> AddressRange.number(lease.address())))
                .toList();
    }

    /** How long a lease still has; negative when it has ended. */
    public Duration remaining(Lease lease) {
        return Duration.ofSeconds(lease.end() - clock.now());
    }

    private static Optional<Inet4Address> pick(Pool pool, Requester who, Optional<Inet4Address> wish, long now) {
        Subnet subnet = pool.subnet();
        return pool.of(who.mac())
                .map(Lease::address)
                .or(() -> wish.filter(address -> subnet.leases(address) && pool.isFree(address, now)))
                .filter(address -> !who.taken().contains(address))
                .or(() -> pool.next(who, now));
    }

    private record Change(Pool pool, Lease lease, Optional<Lease> before, CompletableFuture<Void> stored) {}

    private Change bind(Pool pool, Requester who, Inet4Address address, Duration time, long now) {
        Optional<Lease> before = Optional.ofNullable(book.get(address));
        Lease lease = lease(address, who, now, time, Lease.State.BOUND);
        pool.put(lease);
        return new Change(pool, lease, before, writer.enqueue(lease));
    }

    private Lease lease(Inet4Address address, Requester who, long now, Duration time, Lease.State state) {
        Optional<Lease> own = Optional.ofNullable(book.get(address)).filter(lease -> lease.isOf(who.mac()));
        String hostName = who.hostName().isEmpty() ? own.map(Lease::hostName).orElse("") : who.hostName();
        String clientId = who.clientId().isEmpty() ? own.map(Lease::clientId).orElse("") : who.clientId();
        return new Lease(address, who.mac(), clientId, hostName, now, now + time.toSeconds(), state);
    }

    private Claim.Granted granted(Change change) {
        writer.flush();
        CompletionStage<Void> stored = change.stored().whenComplete((done, failure) -> {
            if (failure != null) {
                undo(change);
            }
        });
        return new Claim.Granted(change.lease(), stored);
    }

    /** A lease that is not durable was never given: the reply is not sent. */
    @SuppressWarnings("ReferenceEquality")
    private synchronized void undo(Change change) {
        Lease lease = change.lease();
        // The very same: a repeated request within one second has an equal lease, which may well be durable.
        if (lease == book.get(lease.address())) {
            long now = Math.max(clock.now(), lease.start());
            change.pool().put(change.before().orElse(lease.become(Lease.State.RELEASED, now, now)));
        }
    }

    private Pool pool(Subnet subnet) {
        Pool pool = pools.get(subnet);
        if (pool == null) {
            pools.keySet()
                    .removeIf(old ->
                            old.network().equals(subnet.network()) && old.link().equals(subnet.link()));
            pool = new Pool(subnet, book);
            pools.put(subnet, pool);
        }
        return pool;
    }
}
