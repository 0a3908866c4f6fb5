package io.slipway.dhcp.handlers;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits what clients get of which nothing is known: a flood with random MAC addresses must leave addresses for the
 * machines that are known, and those of other ports. Guarded by the lock of {@link Leases}.
 */
final class Newcomers {

    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    /** Seconds between two warnings, of whatever place: whoever floods may invent them. */
    private static final long INTERVAL = 60;

    /** Places that are told from each other; whoever floods may invent places. */
    private static final int MOST_ORIGINS = 4096;

    private static final String OTHERS = "other ports";

    private final Map<String, Origin> origins = new HashMap<>();
    private NewcomerLimits limits = NewcomerLimits.NONE;
    private Origin overall = new Origin("all", NewcomerLimits.Limit.NONE);
    private long warnedAt = -INTERVAL;

    /** From now on these limits hold; what came before is forgotten. */
    void limit(NewcomerLimits next) {
        if (!next.equals(limits)) {
            limits = next;
            overall = new Origin("all", next.overall());
            origins.clear();
        }
    }

    NewcomerLimits limits() {
        return limits;
    }

    /** Where a client comes from. */
    Origin originOf(Requester who, long now) {
        NewcomerLimits.Limit limit = who.circuitId().isPresent() ? limits.port() : limits.link();
        String name = who.originName();
        Origin known = origins.get(name);
        if (known != null) {
            return known;
        }
        if (who.isTrial()) {
            return new Origin(name, limit);
        }
        if (origins.size() >= MOST_ORIGINS) {
            origins.values().removeIf(origin -> origin.isIdle(now));
        }
        boolean isRoom = origins.size() < MOST_ORIGINS;
        return origins.computeIfAbsent(isRoom ? name : OTHERS, text -> new Origin(text, limit));
    }

    /** Whether a client that looks for an address must wait, for one of the limits is reached; the operator is told. */
    boolean mustWait(Requester who, long now) {
        Origin origin = originOf(who, now);
        return waitsFor(who, origin, origin.isFull(now) || origin.isFast(now), now)
                || waitsFor(who, overall, overall.isFull(now) || overall.isFast(now), now);
    }

    /** Whether a client that was offered an address must wait for its lease. */
    boolean mustWaitForLease(Requester who, long now) {
        Origin origin = originOf(who, now);
        return waitsFor(who, origin, origin.isFast(now), now) || waitsFor(who, overall, overall.isFast(now), now);
    }

    private boolean waitsFor(Requester who, Origin origin, boolean isOver, long now) {
        if (isOver && !who.isTrial()) {
            warn(origin, now);
        }
        return isOver;
    }

    /** An unknown client is offered an address. */
    void offered(Slot slot, Requester who, long now) {
        Origin origin = originOf(who, now);
        slot.origin(Optional.of(origin));
        origin.offered(now, 1, now);
        overall.offered(now, 1, now);
    }

    /** An address is about to be used for something else: if an unknown client was offered it, it no longer is. */
    void ended(Slot slot, long now) {
        slot.origin().ifPresent(origin -> {
            origin.offered(slot.start(), -1, now);
            overall.offered(slot.start(), -1, now);
            slot.origin(Optional.empty());
        });
    }

    /** An unknown client has its first lease. */
    void leased(Requester who, long now) {
        originOf(who, now).leased(now);
        overall.leased(now);
    }

    private void warn(Origin reached, long now) {
        reached.refused(now);
        if (reached.isToBeTold(now) && now - warnedAt >= INTERVAL) {
            warnedAt = now;
            reached.told(now);
            LOG.warn(
                    "requests of unknown clients are not answered, {} so far: the limit of {} is reached. Known machines"
                            + " still boot. If these clients are yours, raise the limits for unknown clients in"
                            + " etc/io.slipway.dhcp.address.cfg, else look for who floods the network there",
                    reached.refused(),
                    reached.describe(now));
        }
    }
}
