package io.slipway.state.embedded;

import io.slipway.state.Entry;
import io.slipway.state.Key;
import io.slipway.state.Transaction;
import io.slipway.state.Transaction.AtRevision;
import io.slipway.state.Transaction.Condition;
import io.slipway.state.Transaction.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The transactions that are forced to disk together: evaluated in order, each seeing those before it. */
final class Group {

    private final LiveRecords live;
    private final FrameBuffer frame;
    private final Map<Key, Optional<Entry>> written = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private long revision;

    /** @param frame where the writes are collected */
    Group(LiveRecords live, FrameBuffer frame) {
        this.live = live;
        this.frame = frame;
        this.revision = live.revision();
        frame.clear();
    }

    /** Takes a transaction in, if its conditions hold. */
    boolean admit(Transaction transaction) {
        for (Condition condition : transaction.conditions()) {
            if (!holds(condition)) {
                return false;
            }
        }
        if (transaction.writes().isEmpty()) {
            return true;
        }
        revision++;
        transaction.writes().forEach(this::add);
        changes.add(new Change(revision, transaction.writes()));
        return true;
    }

    /** Whether a transaction makes a record that is not there. */
    boolean isGrowth(Transaction transaction) {
        return transaction.writes().stream()
                .anyMatch(write ->
                        write.value().isPresent() && current(write.key()).isEmpty());
    }

    private Optional<Entry> current(Key key) {
        return written.containsKey(key) ? written.get(key) : live.get(key);
    }

    private void add(Write write) {
        Key key = write.key();
        frame.add(revision, key, write.value());
        written.put(key, write.value().map(value -> new Entry(key, value, revision)));
    }

    private boolean holds(Condition condition) {
        Optional<Entry> current = current(condition.key());
        if (condition instanceof AtRevision expected) {
            return current.filter(entry -> entry.revision() == expected.revision())
                    .isPresent();
        }
        return current.isEmpty();
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }

    /** The last state of every key that was written; empty is deleted. */
    Map<Key, Optional<Entry>> written() {
        return written;
    }

    List<Change> changes() {
        return changes;
    }

    /** The store's revision after this group. */
    long revision() {
        return revision;
    }
}
