package io.slipway.image.store;

import io.slipway.image.Digest;

/**
 * A set of digests that grows and never shrinks, in 32 bytes or fewer each: a store may hold a million. Told apart by
 * their first 128 bits; should two ever agree in these, both are taken for members.
 */
final class DigestSet {

    private static final int HALF = 16;

    /** Two longs a place; both 0 where it is free. */
    private long[] places = new long[2 * 1024];

    private int size;

    /**
     * Adds one.
     *
     * @return whether it is new here
     */
    boolean add(Digest digest) {
        if (4L * size >= places.length) {
            grow();
        }
        return put(high(digest), low(digest));
    }

    boolean contains(Digest digest) {
        return places[place(high(digest), low(digest))] != 0 || places[place(high(digest), low(digest)) + 1] != 0;
    }

    int size() {
        return size;
    }

    private boolean put(long high, long low) {
        int place = place(high, low);
        if ((places[place] | places[place + 1]) != 0) {
            return false;
        }
        places[place] = high;
        places[place + 1] = low;
        size++;
        return true;
    }

    /** Where it is, or the free place where it belongs. A digest is as good as random, so it is its own hash. */
    private int place(long high, long low) {
        int mask = places.length / 2 - 1;
        int at = (int) (high >>> 32) & mask;
        while ((places[2 * at] | places[2 * at + 1]) != 0 && (places[2 * at] != high || places[2 * at + 1] != low)) {
            at = (at + 1) & mask;
        }
        return 2 * at;
    }

    private void grow() {
        long[] former = places;
        places = new long[Math.multiplyExact(former.length, 2)];
        size = 0;
        for (int at = 0; at < former.length; at += 2) {
            if ((former[at] | former[at + 1]) != 0) {
                put(former[at], former[at + 1]);
            }
        }
    }

    private static long high(Digest digest) {
        return Long.parseUnsignedLong(digest.hex(), 0, HALF, HALF);
    }

    /** Never 0, so that no digest looks like a free place. */
    private static long low(Digest digest) {
        return Long.parseUnsignedLong(digest.hex(), HALF, 2 * HALF, HALF) | 1;
    }
}
