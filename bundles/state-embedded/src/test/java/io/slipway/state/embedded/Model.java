package io.slipway.state.embedded;

import io.slipway.state.Entry;
import io.slipway.state.Key;
import io.slipway.state.Transaction;
import io.slipway.state.Transaction.AtRevision;
import io.slipway.state.Transaction.Condition;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A store as simple as can be, to compare with. */
record Model(long revision, Map<Key, Entry> records) {

    static final Model EMPTY = new Model(0, Map.of());

    /** The model after a transaction; empty when a condition does not hold. */
    Optional<Model> after(Transaction transaction) {
        if (!transaction.conditions().stream().allMatch(this::holds)) {
            return Optional.empty();
        }
        if (transaction.writes().isEmpty()) {
            return Optional.of(this);
        }
        Map<Key, Entry> next = new TreeMap<>(records);
        transaction.writes().forEach(write -> {
            next.remove(write.key());
            write.value().ifPresent(value -> next.put(write.key(), new Entry(write.key(), value, revision + 1)));
        });
        return Optional.of(new Model(revision + 1, next));
    }

    private boolean holds(Condition condition) {
        Entry entry = records.get(condition.key());
        return condition instanceof AtRevision at ? entry != null && entry.revision() == at.revision() : entry == null;
    }

    static Model of(LiveRecords live) {
        Map<Key, Entry> records = new TreeMap<>();
        live.all().forEach(entry -> records.put(entry.key(), entry));
        return new Model(live.revision(), records);
    }
}
