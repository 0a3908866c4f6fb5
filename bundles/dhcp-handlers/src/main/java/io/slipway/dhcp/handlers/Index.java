package io.slipway.dhcp.handlers;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * Things by a number that each of them holds: open addressing with linear probing, so that one costs 12 to 24 bytes here
 * and no object. A mark of each number stands in the table, so that a search looks at no other thing than the one it
 * finds: with a million, each look at one waits for memory. Find, add and remove take the same time however many there are; growth doubles the table, which is
 * paid for by the additions before it. Not safe for use by several threads.
 */
final class Index<T> {

    private static final int SMALLEST = 16;
    private static final int FREE = 0;

    /** 2^64 divided by the golden ratio: neighbours among numbers, as addresses are, do not become neighbours here. */
    private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;

    private final ToLongFunction<T> number;
    private Object[] table;

    /** Of what stands in the table: its hash, or {@link #FREE}. */
    private int[] marks;

    private int size;

    Index(ToLongFunction<T> number) {
        this.number = number;
        this.table = new Object[SMALLEST];
        this.marks = new int[SMALLEST];
    }

    int size() {
        return size;
    }

    Optional<T> find(long key) {
        return Optional.ofNullable(at(slot(key)));
    }

    /** Adds a thing, in place of the one of the same number. */
    void put(T thing) {
        long key = number.applyAsLong(thing);
        int slot = slot(key);
        if (table[slot] == null) {
            size++;
        }
        table[slot] = thing;
        marks[slot] = mark(key);
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
        clear(hole);
        // Whatever a probe reached across the hole moves up, or it would not be found any more.
        int mask = table.length - 1;
        for (int next = hole + 1 & mask; marks[next] != FREE; next = next + 1 & mask) {
            if ((next - marks[next] & mask) >= (next - hole & mask)) {
                table[hole] = table[next];
                marks[hole] = marks[next];
                clear(next);
                hole = next;
            }
        }
    }

    private void clear(int slot) {
        table[slot] = null;
        marks[slot] = FREE;
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
        int mark = mark(key);
        int slot = mark & mask;
        while (marks[slot] != FREE && (marks[slot] != mark || number.applyAsLong(at(slot)) != key)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private static int mark(long key) {
        int hash = (int) ((key * SPREAD) >>> 32);
        return hash == FREE ? 1 : hash;
    }

    private void grow() {
        Object[] things = table;
        int[] before = marks;
        table = new Object[things.length * 2];
        marks = new int[table.length];
        int mask = table.length - 1;
        for (int i = 0; i < before.length; i++) {
            if (before[i] != FREE) {
                int slot = before[i] & mask;
                while (marks[slot] != FREE) {
                    slot = slot + 1 & mask;
                }
                table[slot] = things[i];
                marks[slot] = before[i];
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
