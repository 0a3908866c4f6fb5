package io.slipway.dhcp.handlers;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * Things by a number that each of them holds: open addressing with linear probing, so that one costs 6 to 12 bytes here
 * and no object. Find, add and remove take the same time however many there are; growth doubles the table, which is
 * paid for by the additions before it. Not safe for use by several threads.
 */
final class Index<T> {

    private static final int SMALLEST = 16;

    /** 2^64 divided by the golden ratio: neighbours among numbers, as addresses are, do not become neighbours here. */
    private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;

    private final ToLongFunction<T> number;
    private Object[] table;
    private int size;

    Index(ToLongFunction<T> number) {
        this.number = number;
        this.table = new Object[SMALLEST];
    }

    int size() {
        return size;
    }

    Optional<T> find(long key) {
        return Optional.ofNullable(at(slot(key)));
    }

    /** Adds a thing, in place of the one of the same number. */
    void put(T thing) {
        int slot = slot(number.applyAsLong(thing));
        if (table[slot] == null) {
            size++;
        }
        table[slot] = thing;
        if (size > table.length / 3 * 2) {
            grow();
        }
    }

    /** Removes what has this number, if anything has. */
    void remove(long key) {
        int hole = slot(key);
        if (table[hole] == null) {
            return;
        }
        size--;
        table[hole] = null;
        // Whatever a probe reached across the hole moves up, or it would not be found any more.
        int mask = table.length - 1;
        for (int next = hole + 1 & mask; table[next] != null; next = next + 1 & mask) {
            int home = home(number.applyAsLong(at(next)));
            if ((next - home & mask) >= (next - hole & mask)) {
                table[hole] = table[next];
                table[next] = null;
                hole = next;
            }
        }
    }

    /** In no order. The action must not add or remove. */
    void forEach(Consumer<T> action) {
        for (int i = 0; i < table.length; i++) {
            T thing = at(i);
            if (thing != null) {
                action.accept(thing);
            }
        }
    }

    /** Where a number stands, or would stand. */
    private int slot(long key) {
        int mask = table.length - 1;
        int slot = home(key);
        for (T thing = at(slot); thing != null && number.applyAsLong(thing) != key; thing = at(slot)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private int home(long key) {
        return (int) ((key * SPREAD) >>> 32) & (table.length - 1);
    }

    private void grow() {
        Object[] before = table;
        table = new Object[before.length * 2];
        for (Object thing : before) {
            if (thing != null) {
                table[slot(number.applyAsLong(cast(thing)))] = thing;
            }
        }
    }

    private T at(int slot) {
        return cast(table[slot]);
    }

    @SuppressWarnings("unchecked")
    private T cast(Object thing) {
        return (T) thing;
    }
}
