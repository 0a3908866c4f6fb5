package io.slipway.dhcp.handlers;

import io.slipway.boot.MacAddress;
import io.slipway.boot.Machines;
import io.slipway.boot.Transfers;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.state.StateStore;
import java.io.IOException;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every lease, in memory, and written to the {@link StateStore} before the client hears of it. Safe for use by many
 * threads; the lock is never held while the store is called.
 */
@Component(service = Leases.class)
public final class Leases {

    /** How long an offer keeps its address. */
    static final Duration OFFER_TIME = Duration.ofSeconds(LastMinute.SECONDS);

    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    /** Null while nobody knows of machines: then nothing is reserved. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile Machines machines;

    /** Null while nobody sends files. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile Transfers transfers;

    private final LeaseClock clock;
    private final LeaseWriter writer;
    private final OtherWriters others;
    private final Book book = new Book();
    private final RelayNotes relays = new RelayNotes();
    private final LeaseDesk desk;
    private final Newcomers newcomers = new Newcomers();
    private final AddressChoice choice = new AddressChoice(
            book,
            new Reservations(() -> Optional.ofNullable(machines)),
            new TransferHold(() -> Optional.ofNullable(transfers)),
            newcomers);
    private final Decliners decliners = new Decliners();
    private final EachMinute told = new EachMinute();

    /** What is read now is this server's own past, by the clock that goes on; later, clocks of others may differ. */
    private volatile boolean isStarting = true;

    @Activate
    public Leases(@Reference StateStore store) throws IOException {
        this(store, LeaseClock.system(store));
    }

    Leases(StateStore store, LeaseClock clock) throws IOException {
        this.clock = clock;
        long id = UUID.randomUUID().getMostSignificantBits();
        this.writer = new LeaseWriter(store, id, clock);
        this.others = new OtherWriters(store, id, this::learn);
        this.desk = new LeaseDesk(this, book, writer, clock, relays);
        others.follow();
        isStarting = false;
    }

    /** Where operators ask. */
    public LeaseDesk desk() {
        return desk;
    }

    @Deactivate
    void close() {
        others.close();
        writer.close();
    }

    /** From now on this is what clients get of which nothing is known. */
    synchronized void limit(NewcomerLimits limits) {
        newcomers.limit(limits);
    }

    /** What another writer stored, or this server before its restart. */
    private synchronized void learn(Lease lease) {
        if (isStarting) {
            clock.notBefore(lease.start());
        }
        write(Addresses.bits(lease.address()), Content.of(lease), clock.now());
    }

    /**
     * Keeps an address for a client for {@link #OFFER_TIME}: the one that is reserved for it, else the one it has or had
     * last, else the one it wishes, else a free one. A lease that is under way stays as it is.
     */
    synchronized Offer offer(Requester who, Optional<Inet4Address> wish) {
        long now = clock.now();
        if (decliners.isTiresome(who.mac(), now)) {
            return new Offer.None("declines every address");
        }
        Choice chosen = choice.choose(who, wish, now);
        if (chosen instanceof Choice.None none) {
            return new Offer.None(reason(who, none, now));
        }
        int address = ((Choice.Found) chosen).address();
        Optional<Slot> present =
                book.find(address).filter(slot -> slot.isOf(who.mac().bits()) && slot.isLive(now));
        if (present.filter(slot -> slot.is(Lease.State.BOUND)).isPresent()) {
            return new Offer.Made(present.get().lease(), false);
        }
        if (who.isTrial()) {
            Content offer = content(address, who, now, OFFER_TIME, Lease.State.OFFERED);
            return new Offer.Made(offer.lease(address), present.isEmpty());
        }
        boolean isKnown = choice.isKnown(who);
        Slot offered = write(address, content(address, who, now, OFFER_TIME, Lease.State.OFFERED), now);
        if (!isKnown) {
            newcomers.offered(offered, who, now);
        }
        return new Offer.Made(offered.lease(), present.isEmpty());
    }

    /**
     * Gives a client at once the address that {@link #offer} would offer.
     *
     * @param time how long, by the address
     */
    Claim lend(Requester who, Optional<Inet4Address> wish, Function<Inet4Address, Duration> time) {
        Change change;
        synchronized (this) {
            long now = clock.now();
            Choice chosen = choice.choose(who, wish, now);
            if (chosen instanceof Choice.None none) {
                return new Claim.Later(reason(who, none, now));
            }
            int address = ((Choice.Found) chosen).address();
            Duration granted = time.apply(Addresses.of(address));
            if (who.isTrial()) {
                return Claim.inTrial(
                        content(address, who, now, granted, Lease.State.BOUND).lease(address));
            }
            change = bind(address, who, granted, now);
        }
        return granted(change);
    }

    /** A client claims an address, by selecting an offer, after a reboot, or to keep it for longer. */
    Claim claim(Requester who, Inet4Address named, Terms terms) {
        int address = Addresses.bits(named);
        Change change;
        synchronized (this) {
            long now = clock.now();
            Optional<Claim> refusal = refusal(who, address, terms, now);
            if (refusal.isPresent()) {
                return refusal.get();
            }
            if (who.isTrial()) {
                return Claim.inTrial(content(address, who, now, terms.time(), Lease.State.BOUND)
                        .lease(address));
            }
            change = bind(address, who, terms.time(), now);
        }
        return granted(change);
    }

    private Optional<Claim> refusal(Requester who, int address, Terms terms, long now) {
        Optional<Obstacle> obstacle = choice.obstacle(who, address, now);
        if (obstacle.isPresent()) {
            return obstacle.map(Obstacle::claim);
        }
        Optional<Slot> own =
                book.find(address).filter(slot -> slot.isOf(who.mac().bits()));
        boolean isReserved = who.reserved().contains(address);
        boolean isBound = own.filter(slot -> slot.is(Lease.State.BOUND) && slot.isLive(now))
                .isPresent();
        if (!isBound && !isReserved && choice.liveBeside(who, address, now).isPresent()) {
            return Optional.of(new Claim.Refused("client has another address"));
        }
        // Others go on with what they have until they start anew: an address is not taken from a running machine.
        if (terms.restarts() && !isReserved && choice.reserved(who, now).isPresent()) {
            return Optional.of(new Claim.Refused("another address is reserved for the client"));
        }
        if (own.isEmpty() && !terms.takesVacant() && !isReserved) {
            return Optional.of(new Claim.Unknown("no lease is known"));
        }
        if (isBound || choice.isKnown(who)) {
            return Optional.empty();
        }
        boolean isOffered = own.filter(slot -> slot.isLive(now)).isPresent();
        boolean mustWait = isOffered ? newcomers.mustWaitForLease(who, now) : newcomers.mustWait(who, now);
        return mustWait || (!isOffered && choice.isReserveReached(who, now))
                ? Optional.of(new Claim.Later("too many unknown clients"))
                : Optional.empty();
    }

    /** The client gives its address back, and gets it again when it can. False when it was not its own. */
    boolean release(Requester who, Inet4Address address) {
        return end(who, address, Lease.State.RELEASED, Duration.ZERO);
    }

    /** The client found its address in use. False when it was not its own; nothing changes then. */
    boolean decline(Requester who, Inet4Address address, Duration hold) {
        boolean isDone = occupied(who, address, hold);
        if (isDone && !who.isTrial()) {
            synchronized (this) {
                decliners.declined(who.mac(), clock.now());
            }
        }
        return isDone;
    }

    /** The address that a client has, or is offered, is in use by another. False when it was not its own. */
    boolean occupied(Requester who, Inet4Address address, Duration hold) {
        return end(who, address, Lease.State.DECLINED, hold);
    }

    private boolean end(Requester who, Inet4Address named, Lease.State state, Duration hold) {
        int address = Addresses.bits(named);
        CompletableFuture<Void> stored;
        synchronized (this) {
            long now = clock.now();
            Optional<Slot> own =
                    book.find(address).filter(slot -> slot.isOf(who.mac().bits()) && slot.isLive(now));
            if (own.isEmpty() || who.subnetOf(address).isEmpty()) {
                return false;
            }
            if (who.isTrial()) {
                return true;
            }
            stored = end(own.get(), state, now, now + hold.toSeconds());
        }
        writer.flush();
        LeaseWriter.tellIfLost(named, state, stored);
        return true;
    }

    CompletableFuture<Void> end(Slot slot, Lease.State state, long now, long until) {
        return writer.enqueue(write(slot.address(), slot.content().become(state, now, until), now)
                .lease());
    }

    /** Whether a decline is to be logged: at most one a minute a subnet, for whoever leases can decline. */
    synchronized boolean tellsDecline(String subnet) {
        return told.isDue("decline in " + subnet, clock.now());
    }

    /** Every address that is or was in use, in the order of addresses. */
    public synchronized List<Lease> all() {
        List<Lease> all = new ArrayList<>(book.size());
        book.forEach(slot -> {
            if (slot.isUsed()) {
                all.add(slot.lease());
            }
        });
        all.sort(Comparator.comparingLong(lease -> AddressRange.number(lease.address())));
        return all;
    }

    /** What an address is used for, or was. */
    public synchronized Optional<Lease> at(Inet4Address address) {
        return book.find(Addresses.bits(address)).filter(Slot::isUsed).map(Slot::lease);
    }

    /** What a client has, or had last: in each network one. */
    public synchronized List<Lease> of(MacAddress mac) {
        List<Lease> leases = new ArrayList<>();
        for (Optional<Slot> slot = book.latestOf(mac.bits());
                slot.isPresent();
                slot = slot.get().nextOfClient()) {
            leases.add(slot.get().lease());
        }
        return leases;
    }

    /** How long a lease still has; negative when it has ended. */
    public Duration remaining(Lease lease) {
        return Duration.ofSeconds(lease.end() - clock.now());
    }

    private String reason(Requester who, Choice.None none, long now) {
        if (none.isFull()
                && !who.isTrial()
                && told.isDue("full " + who.subnets().get(0).name(), now)) {
            LOG.warn("{}. Widen range, or shorten leaseTime", Shortage.describe(who, book, newcomers.limits(), now));
        }
        return none.reason();
    }

    /**
     * A lease that is being stored.
     *
     * @param number of the slot's changes with this one
     * @param moves whether the client has another lease meanwhile
     */
    private record Change(
            Slot slot, int number, Optional<Content> before, Requester who, boolean moves, Stored stored) {}

    private record Stored(Lease lease, CompletableFuture<Void> done) {}

    private Change bind(int address, Requester who, Duration time, long now) {
        Optional<Content> before = book.find(address).filter(Slot::isUsed).map(Slot::content);
        boolean goesOn = before.filter(content -> content.isLeaseOf(who.mac().bits(), now))
                .isPresent();
        if (!goesOn && !choice.isKnown(who)) {
            newcomers.leased(who, now);
        }
        Slot slot = write(address, content(address, who, now, time, Lease.State.BOUND), now);
        relays.note(address, who);
        if (!goesOn) {
            slot.pool().ifPresent(pool -> pool.leased(now));
        }
        Lease lease = slot.lease();
        boolean moves = !goesOn && !choice.liveOthers(who, address, now).isEmpty();
        return new Change(slot, slot.changes(), before, who, moves, new Stored(lease, writer.enqueue(lease)));
    }

    private Content content(int address, Requester who, long now, Duration time, Lease.State state) {
        long mac = who.mac().bits();
        byte[] before = book.find(address)
                .filter(slot -> slot.isOf(mac))
                .map(Slot::names)
                .orElse(ClientNames.NONE);
        return new Content(state, mac, ClientNames.orElse(who.names(), before), now, now + time.toSeconds());
    }

    Slot write(int address, Content content, long now) {
        book.find(address).ifPresent(slot -> newcomers.ended(slot, now));
        return book.write(address, content, now);
    }

    private Claim.Granted granted(Change change) {
        writer.flush();
        CompletionStage<Void> stored = change.stored().done().whenComplete((done, failure) -> {
            if (failure != null) {
                undo(change);
            } else if (change.moves()) {
                leaveOthers(change);
            }
        });
        return new Claim.Granted(change.stored().lease(), stored);
    }

    /** A lease that is not durable was never given: the reply is not sent. */
    private synchronized void undo(Change change) {
        Slot slot = change.slot();
        // A repeated request has a change of its own, which may well be durable.
        if (slot.changes() == change.number()) {
            long now = Math.max(clock.now(), slot.start());
            write(
                    slot.address(),
                    change.before().orElseGet(() -> slot.content().become(Lease.State.RELEASED, now, now)),
                    now);
        }
    }

    /** A client has one address in its networks: one that has moved no longer has the one before. */
    private void leaveOthers(Change change) {
        Requester who = change.who();
        synchronized (this) {
            long now = clock.now();
            for (Slot other : choice.liveOthers(who, change.slot().address(), now)) {
                if (other.is(Lease.State.BOUND)) {
                    LeaseWriter.tellIfLost(
                            Addresses.of(other.address()),
                            Lease.State.RELEASED,
                            end(other, Lease.State.RELEASED, now, now));
                }
            }
        }
        writer.flush();
    }
}
