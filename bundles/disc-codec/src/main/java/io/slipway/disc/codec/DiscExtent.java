package io.slipway.disc.codec;

/**
 * A run of bytes in the disc image's file.
 *
 * @param offset of the first byte, from the start of the file
 * @param length in bytes; at least one
 */
public record DiscExtent(long offset, long length) {

    public DiscExtent {
        if (offset < 0 || length < 1 || offset > Long.MAX_VALUE - length) {
            throw new IllegalArgumentException("extent of " + length + " bytes at " + offset
                    + "; expected at least one byte, at zero or later, and an end that fits a long");
        }
    }

    /** The offset of the first byte behind it. */
    long end() {
        return offset + length;
    }
}
