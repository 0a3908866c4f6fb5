package io.slipway.image.store.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/**
 * A header block of a tar archive, of any of the formats: V7, ustar (POSIX.1-2017, pax, "ustar Interchange Format"), GNU
 * (GNU tar manual, "Basic Tar Format") or star.
 */
final class TarHeader {

    /** In bytes: what headers are, and what contents are filled up to. */
    static final int BLOCK = 512;

    private static final int NAME = 0;
    private static final int NAME_LENGTH = 100;
    private static final int SIZE = 124;
    private static final int MODIFIED = 136;
    private static final int NUMBER_LENGTH = 12;
    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_LENGTH = 8;
    private static final int TYPE = 156;
    private static final int LINK_NAME = 157;
    private static final int MAGIC = 257;
    private static final String POSIX_MAGIC = "ustar\0";
    private static final int PREFIX = 345;
    private static final int PREFIX_LENGTH = 155;
    private static final int STAR_PREFIX_LENGTH = 131;
    private static final int STAR_MAGIC = 508;

    private final byte[] block;

    /** @param block of {@link #BLOCK} bytes, which are not copied */
    TarHeader(byte[] block) {
        this.block = block;
    }

    static boolean isZero(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether a file begins as a tar archive does. */
    static boolean begins(byte[] head) {
        return head.length >= BLOCK && !isZero(Arrays.copyOf(head, BLOCK)) && new TarHeader(head).isChecked();
    }

    /** Some old programs summed signed bytes; both sums are told apart by no reader. */
    boolean isChecked() {
        int unsigned = 0;
        int signed = 0;
        for (int at = 0; at < BLOCK; at++) {
            byte b = at >= CHECKSUM && at < CHECKSUM + CHECKSUM_LENGTH ? (byte) ' ' : block[at];
            unsigned += b & 0xff;
            signed += b;
        }
        try {
            long said = TarNumbers.parse(block, CHECKSUM, CHECKSUM_LENGTH);
            return said == unsigned || said == signed;
        } catch (TarFault notANumber) {
            return false;
        }
    }

    /** The type flag. */
    char type() {
        return (char) (block[TYPE] & 0xff);
    }

    /** The whole name: what ustar has split in two is put together. */
    byte[] name() {
        byte[] name = field(NAME, NAME_LENGTH);
        byte[] prefix = prefix();
        if (prefix.length == 0) {
            return name;
        }
        byte[] whole = Arrays.copyOf(prefix, prefix.length + 1 + name.length);
        whole[prefix.length] = '/';
        System.arraycopy(name, 0, whole, prefix.length + 1, name.length);
        return whole;
    }

    byte[] linkName() {
        return field(LINK_NAME, NAME_LENGTH);
    }

    /** In bytes. */
    long size() throws TarFault {
        return TarNumbers.parse(block, SIZE, NUMBER_LENGTH);
    }

    /** In seconds since 1970. */
    long modified() throws TarFault {
        return TarNumbers.parse(block, MODIFIED, NUMBER_LENGTH);
    }

    /** GNU tar, whose magic is {@code "ustar  "}, has times where POSIX has the prefix; star has times at its end. */
    private byte[] prefix() {
        if (!holds(MAGIC, POSIX_MAGIC)) {
            return new byte[0];
        }
        return field(PREFIX, holds(STAR_MAGIC, "tar\0") ? STAR_PREFIX_LENGTH : PREFIX_LENGTH);
    }

    private boolean holds(int offset, String text) {
        return new String(block, offset, text.length(), ISO_8859_1).equals(text);
    }

    private byte[] field(int offset, int length) {
        int end = offset;
        while (end < offset + length && block[end] != 0) {
            end++;
        }
        return Arrays.copyOfRange(block, offset, end);
    }
}
