package io.slipway.disc.codec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The extents of one thing as they are found: each lies in the file, and adjacent ones become one. */
final class Extents {

    private final DiscReading reading;
    private final List<DiscExtent> list = new ArrayList<>();
    private long size;

    Extents(DiscReading reading) {
        this.reading = reading;
    }

    /**
     * @param length in bytes; zero adds nothing, wherever it is said to be
     * @param what it is, for messages
     * @throws IOException it does not lie in the file, or there are too many
     */
    void add(long offset, long length, String what) throws IOException {
        if (length == 0) {
            return;
        }
        reading.requireInside(offset, length, what);
        // Extents may overlap: the sum of what lies in the file is no smaller than the file for that.
        if (size > Long.MAX_VALUE - length) {
            throw reading.damaged(offset, what + "; expected a sum of extents that fits 63 bits");
        }
        size += length;
        int last = list.size() - 1;
        if (last >= 0 && list.get(last).end() == offset) {
            list.set(
                    last, new DiscExtent(list.get(last).offset(), list.get(last).length() + length));
            return;
        }
        if (list.size() == Limits.EXTENTS) {
            throw reading.damaged(offset, what + " is in more than " + Limits.EXTENTS + " pieces");
        }
        list.add(new DiscExtent(offset, length));
    }

    /** Of all of them, in bytes. */
    long size() {
        return size;
    }

    List<DiscExtent> list() {
        return List.copyOf(list);
    }
}
