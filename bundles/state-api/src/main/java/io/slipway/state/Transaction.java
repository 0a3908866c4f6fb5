package io.slipway.state;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Writes that happen together or not at all, and the conditions under which they happen.
 *
 * @param conditions all must hold when the transaction is applied
 * @param writes at most {@value #MAX_WRITES}, each key once
 */
public record Transaction(List<Condition> conditions, List<Write> writes) {

    /** The most writes of one transaction. */
    public static final int MAX_WRITES = 64;

    /** The longest value of one record, in bytes. */
    public static final int MAX_VALUE = 64 * 1024;

    public Transaction {
        conditions = List.copyOf(conditions);
        writes = List.copyOf(writes);
        if (writes.size() > MAX_WRITES) {
            throw new IllegalArgumentException(writes.size() + " writes; expected at most " + MAX_WRITES);
        }
        Set<Key> keys = new HashSet<>();
        for (Write write : writes) {
            if (!keys.add(write.key())) {
                throw new IllegalArgumentException("key '" + write.key() + "' is written twice");
            }
        }
    }

    /** What must hold. */
    public sealed interface Condition {
        Key key();
    }

    /** The key has no record. */
    public record Absent(Key key) implements Condition {}

    /** The key's record was last written at this revision. */
    public record AtRevision(Key key, long revision) implements Condition {}

    /**
     * What is written.
     *
     * @param value the new bytes; empty deletes the record
     */
    public record Write(Key key, Optional<byte[]> value) {
        public Write {
            Objects.requireNonNull(key, "key");
            value = value.map(byte[]::clone);
            value.ifPresent(bytes -> {
                if (bytes.length > MAX_VALUE) {
                    throw new IllegalArgumentException(
                            "value of '" + key + "' has " + bytes.length + " bytes; expected at most " + MAX_VALUE);
                }
            });
        }
    }

    /** A transaction that only puts one record, whatever was there. */
    public static Transaction put(Key key, byte[] bytes) {
        return builder().write(key, bytes).build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects conditions and writes. */
    public static final class Builder {
        private final List<Condition> conditions = new ArrayList<>();
        private final List<Write> writes = new ArrayList<>();

        private Builder() {}

        public Builder ifAbsent(Key key) {
            conditions.add(new Absent(key));
            return this;
        }

        public Builder ifAtRevision(Key key, long revision) {
            conditions.add(new AtRevision(key, revision));
            return this;
        }

        public Builder write(Key key, byte[] bytes) {
            writes.add(new Write(key, Optional.of(bytes)));
            return this;
        }

        public Builder delete(Key key) {
            writes.add(new Write(key, Optional.empty()));
            return this;
        }

        public Transaction build() {
            return new Transaction(conditions, writes);
        }
    }
}
