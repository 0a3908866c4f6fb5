package io.slipway.dhcp.handlers;

import io.slipway.dhcp.codec.Addresses;
import java.net.Inet4Address;

/** Addresses from the first to the last, both included. */
public record AddressRange(Inet4Address first, Inet4Address last) {

    public AddressRange {
        if (number(first) > number(last)) {
            throw new IllegalArgumentException(first.getHostAddress() + " comes after " + last.getHostAddress());
        }
    }

    /** From the form 192.0.2.100-192.0.2.200, or from one address. */
    public static AddressRange parse(String text) {
        String[] ends = text.split("-", 2);
        Inet4Address first = Addresses.parse(ends[0]);
        return new AddressRange(first, ends.length == 1 ? first : Addresses.parse(ends[1]));
    }

    public boolean contains(Inet4Address address) {
        return number(first) <= number(address) && number(address) <= number(last);
    }

    public boolean contains(AddressRange other) {
        return contains(other.first) && contains(other.last);
    }

    public boolean overlaps(AddressRange other) {
        return contains(other.first) || other.contains(first);
    }

    /** How many addresses. */
    long size() {
        return number(last) - number(first) + 1;
    }

    /** The address at an offset from the first, 0 to {@link #size()} - 1. */
    Inet4Address at(long offset) {
        return Addresses.of((int) (number(first) + offset));
    }

    /** An address as an unsigned number, which sorts as people sort addresses. */
    public static long number(Inet4Address address) {
        return Integer.toUnsignedLong(Addresses.bits(address));
    }

    @Override
    public String toString() {
        return first.getHostAddress() + "-" + last.getHostAddress();
    }
}
