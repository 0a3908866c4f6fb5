package io.slipway.dhcp.handlers;

import io.slipway.dhcp.codec.Addresses;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Addresses to lease: a range without what is excluded. Each has an index, 0 to {@link #size()} - 1, in the order of
 * addresses. Index to address and back cost a binary search over the parts that the exclusions leave, nothing for one
 * part.
 */
final class AddressPool {

    private final AddressRange range;
    private final Optional<String> group;
    private final List<AddressRange> parts;

    /** First address of each part, as an unsigned number in a long. */
    private final long[] firsts;

    /** How many addresses stand before each part; one more at the end: all of them. */
    private final int[] before;

    /**
     * @param group the group whose members alone get these addresses; empty: everybody
     * @param excluded in any order; may overlap and lie outside
     */
    AddressPool(AddressRange range, Optional<String> group, Collection<AddressRange> excluded) {
        this.range = Objects.requireNonNull(range, "range");
        this.group = Objects.requireNonNull(group, "group");
        this.parts = without(range, excluded);
        this.firsts = parts.stream()
                .mapToLong(part -> AddressRange.number(part.first()))
                .toArray();
        this.before = new int[parts.size() + 1];
        for (int i = 0; i < parts.size(); i++) {
            before[i + 1] =
                    Math.addExact(before[i], Math.toIntExact(parts.get(i).size()));
        }
    }

    private static List<AddressRange> without(AddressRange range, Collection<AddressRange> excluded) {
        List<AddressRange> sorted = excluded.stream()
                .sorted(Comparator.comparingLong(part -> AddressRange.number(part.first())))
                .toList();
        List<AddressRange> parts = new ArrayList<>();
        long next = AddressRange.number(range.first());
        long last = AddressRange.number(range.last());
        for (AddressRange hole : sorted) {
            long from = AddressRange.number(hole.first());
            if (from > next && next <= last) {
                parts.add(range(next, Math.min(from - 1, last)));
            }
            next = Math.max(next, AddressRange.number(hole.last()) + 1);
        }
        if (next <= last) {
            parts.add(range(next, last));
        }
        return List.copyOf(parts);
    }

    private static AddressRange range(long first, long last) {
        return new AddressRange(Addresses.of((int) first), Addresses.of((int) last));
    }

    /** The group whose members alone get these addresses. */
    Optional<String> group() {
        return group;
    }

    /** The range as it is configured, from its first to its last address, what is excluded included. */
    AddressRange range() {
        return range;
    }

    /** What is leased: ranges in order that do not touch. */
    List<AddressRange> parts() {
        return parts;
    }

    /** How many addresses there are to lease. */
    int size() {
        return before[parts.size()];
    }

    /**
     * The address of an index, as 32 bits.
     *
     * @throws IndexOutOfBoundsException not 0 to {@link #size()} - 1
     */
    int bitsAt(int index) {
        Objects.checkIndex(index, size());
        int part = Arrays.binarySearch(before, 0, parts.size(), index);
        part = part < 0 ? -part - 2 : part;
        return (int) (firsts[part] + index - before[part]);
    }

    /** The address of an index. */
    Inet4Address at(int index) {
        return Addresses.of(bitsAt(index));
    }

    /** The index of an address of 32 bits; -1 when it is not to be leased. */
    int indexOf(int bits) {
        long number = Integer.toUnsignedLong(bits);
        int part = Arrays.binarySearch(firsts, number);
        part = part < 0 ? -part - 2 : part;
        if (part < 0) {
            return -1;
        }
        long offset = number - firsts[part];
        return offset < before[part + 1] - before[part] ? before[part] + (int) offset : -1;
    }

    boolean contains(Inet4Address address) {
        return indexOf(Addresses.bits(address)) >= 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressPool pool
                && range.equals(pool.range)
                && group.equals(pool.group)
                && parts.equals(pool.parts);
    }

    @Override
    public int hashCode() {
        return Objects.hash(range, group, parts);
    }

    /** As it is configured. */
    @Override
    public String toString() {
        return range + group.map(name -> " of group " + name).orElse("");
    }

    /** Several pools for the log. */
    static String text(Collection<AddressPool> pools) {
        return pools.stream().map(AddressPool::toString).collect(Collectors.joining(", "));
    }
}
