package io.slipway.state.embedded;

import io.slipway.state.Key;
import io.slipway.state.Registration;
import io.slipway.state.Transaction.Write;
import io.slipway.state.Watcher;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One watcher and how far it has been told. All but {@link #close} happens on the thread that tells. */
final class Watch implements Registration {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final int TURN = 256;

    private final LiveRecords live;
    private final Key prefix;
    private final Watcher watcher;
    private long told;
    private boolean begun;
    private volatile boolean ended;

    Watch(LiveRecords live, Key prefix, long fromRevision, Watcher watcher) {
        this.live = live;
        this.prefix = prefix;
        this.told = fromRevision;
        this.watcher = watcher;
    }

    /** Tells some of what the watcher has not been told yet; says whether there may be more. */
    boolean tell() {
        if (ended) {
            return false;
        }
        Optional<List<Change>> changes = live.changesAfter(told, TURN);
        if (changes.isEmpty()) {
            fellBehind();
            return false;
        }
        begun = true;
        changes.get().forEach(this::tell);
        return !ended && !changes.get().isEmpty();
    }

    private void tell(Change change) {
        List<Write> writes = change.under(prefix);
        told = change.revision();
        if (ended || writes.isEmpty()) {
            return;
        }
        try {
            watcher.changed(change.revision(), writes);
        } catch (RuntimeException | Error e) {
            LOG.error(
                    "watcher {} of '{}' failed and is told no more: this is a fault of the server; report it with"
                            + " data/log/traces.log",
                    watcher.getClass().getName(),
                    prefix,
                    e);
            lose();
        }
    }

    private void fellBehind() {
        if (begun) {
            LOG.warn(
                    "watcher {} of '{}' is too slow: changes since revision {} are not kept any more, so it is told to"
                            + " scan again. Raise 'watchBacklog' in etc/io.slipway.state.embedded.cfg if this goes on.",
                    watcher.getClass().getName(),
                    prefix,
                    told);
        }
        lose();
    }

    private void lose() {
        ended = true;
        try {
            watcher.lost();
        } catch (RuntimeException | Error e) {
            LOG.error(
                    "watcher {} of '{}' failed when told that changes were lost: this is a fault of the server;"
                            + " report it with data/log/traces.log",
                    watcher.getClass().getName(),
                    prefix,
                    e);
        }
    }

    boolean isEnded() {
        return ended;
    }

    /** A call that is under way goes on; none begins after this. */
    @Override
    public void close() {
        ended = true;
    }
}
