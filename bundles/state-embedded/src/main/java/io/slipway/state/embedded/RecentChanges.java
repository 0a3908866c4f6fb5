package io.slipway.state.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The last changes, for watchers that are still to be told: bounded in number and in bytes. Not thread-safe. */
final class RecentChanges {

    private static final long MAX_BYTES = 8 << 20;

    private final Change[] ring;
    private long forgotten;
    private long latest;
    private long bytes;

    RecentChanges(int capacity) {
        ring = new Change[capacity];
    }

    /** Begins anew: what happened up to this revision is not known. */
    void startAt(long revision) {
        forgotten = revision;
        latest = revision;
    }

    /** @param change of the revision that follows the latest */
    void add(Change change) {
        long added = change.bytes();
        while (latest > forgotten && (latest - forgotten == ring.length || bytes + added > MAX_BYTES)) {
            forgotten++;
            bytes -= ring[slot(forgotten)].bytes();
            ring[slot(forgotten)] = null;
        }
        latest = change.revision();
        ring[slot(latest)] = change;
        bytes += added;
    }

    /** The changes after a revision, oldest first; empty when some of them are not known. */
    Optional<List<Change>> after(long revision, int most) {
        if (revision < forgotten || revision > latest) {
            return Optional.empty();
        }
        List<Change> changes = new ArrayList<>();
        for (long next = revision + 1; next <= latest && changes.size() < most; next++) {
            changes.add(ring[slot(next)]);
        }
        return Optional.of(changes);
    }

    private int slot(long revision) {
        return (int) (revision % ring.length);
    }
}
