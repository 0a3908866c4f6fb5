package io.slipway.disc.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * A directory record (ECMA-119 section 9.1).
 *
 * @param bytes the record and nothing else
 * @param at its offset
 */
record IsoRecord(ByteBuffer bytes, long at) {

    /** The shortest one: 33 bytes and a name of one. */
    static final int SHORTEST = 34;

    private static final int DIRECTORY = 0x02;
    private static final int ASSOCIATED = 0x04;
    private static final int MULTI_EXTENT = 0x80;
    private static final int NAME_AT = 33;

    /** @throws IOException its name does not fit in it */
    static IsoRecord of(DiscReading reading, ByteBuffer bytes, long at) throws IOException {
        IsoRecord record = new IsoRecord(bytes, at);
        if (record.nameLength() == 0 || NAME_AT + record.nameLength() > bytes.limit()) {
            throw reading.damaged(
                    at,
                    "a directory record of " + bytes.limit() + " bytes with a name of " + record.nameLength()
                            + "; expected a name of 1 to " + (bytes.limit() - NAME_AT));
        }
        return record;
    }

    /** In bytes. */
    int length() {
        return bytes.limit();
    }

    private int nameLength() {
        return Unsigned.u8(bytes, 32);
    }

    ByteBuffer identifier() {
        return bytes.slice(NAME_AT, nameLength());
    }

    /** Whether it is a directory's record of itself. */
    boolean isSelf() {
        return nameLength() == 1 && bytes.get(NAME_AT) == 0;
    }

    /** Whether it is a directory's record of the one above. */
    boolean isParent() {
        return nameLength() == 1 && bytes.get(NAME_AT) == 1;
    }

    boolean isDirectory() {
        return (flags() & DIRECTORY) != 0;
    }

    /** Whether it is not the file, but its resource fork or the like. */
    boolean isAssociated() {
        return (flags() & ASSOCIATED) != 0;
    }

    /** Whether the next record has another section of the same file. */
    boolean continues() {
        return (flags() & MULTI_EXTENT) != 0;
    }

    private int flags() {
        return Unsigned.u8(bytes, 25);
    }

    boolean isInterleaved() {
        return bytes.get(26) != 0 || bytes.get(27) != 0;
    }

    /** The number of the disc in its set. */
    int volume() {
        return Unsigned.u16(bytes, 28);
    }

    /** Where its bytes begin: behind the extended attribute record, if there is one (ECMA-119 section 9.5). */
    long offset() {
        return DiscReading.offset(Unsigned.u32(bytes, 2) + Unsigned.u8(bytes, 1));
    }

    /** In bytes. */
    long size() {
        return Unsigned.u32(bytes, 10);
    }

    Instant modified() {
        return IsoTime.ofSeven(bytes, 18);
    }

    /** Where its system use field begins: a name of even length has a byte of padding. */
    private int systemUseAt() {
        return Math.min(length(), NAME_AT + (nameLength() | 1));
    }

    /** The field that SUSP divides. */
    ByteBuffer systemUse() {
        return Unsigned.slice(bytes, systemUseAt(), length() - systemUseAt());
    }

    /** Where that field begins on the disc. */
    long systemUseOffset() {
        return at + systemUseAt();
    }
}
