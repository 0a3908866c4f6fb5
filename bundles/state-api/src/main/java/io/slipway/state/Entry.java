package io.slipway.state;

import java.util.Arrays;
import java.util.Objects;

/** One record as it was at a revision. The bytes are copied in and out. */
public final class Entry {

    private final Key key;
    private final byte[] bytes;
    private final long revision;

    /**
     * @param revision the store's revision at which this record was written, 1 or more
     */
    public Entry(Key key, byte[] bytes, long revision) {
        this.key = Objects.requireNonNull(key, "key");
        this.bytes = bytes.clone();
        this.revision = revision;
    }

    public Key key() {
        return key;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /** How many bytes there are, without a copy of them. */
    public int length() {
        return bytes.length;
    }

    public long revision() {
        return revision;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Entry entry
                && revision == entry.revision
                && key.equals(entry.key)
                && Arrays.equals(bytes, entry.bytes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(key, revision);
    }

    @Override
    public String toString() {
        return key + "@" + revision + " (" + bytes.length + " bytes)";
    }
}
