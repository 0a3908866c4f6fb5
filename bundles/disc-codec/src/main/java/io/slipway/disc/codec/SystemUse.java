package io.slipway.disc.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The system use entries of a directory record, and of the areas that continue it (SUSP 1.12). */
final class SystemUse {

    private static final int SHORTEST = 4;
    private static final int CE = code("CE");
    private static final int ST = code("ST");

    private SystemUse() {}

    /** Takes one entry. */
    interface Taker {

        /**
         * Takes the next one.
         *
         * @param code as of {@link #code}
         * @param entry all of it, from its signature
         * @param at its offset
         */
        void take(int code, ByteBuffer entry, long at) throws IOException;
    }

    /** A signature as a number. */
    static int code(String signature) {
        return (signature.charAt(0) << 8) | signature.charAt(1);
    }

    /**
     * Hands over the entries in order, those of the continuation areas too (SUSP 5.1).
     *
     * @param skip the bytes before the first entry (SUSP 5.3, LEN_SKP)
     */
    static void each(DiscReading reading, IsoRecord record, int skip, Taker taker) throws IOException {
        ByteBuffer field = record.systemUse();
        int from = Math.min(skip, field.limit());
        Optional<Continuation> next = area(
                reading, Unsigned.slice(field, from, field.limit() - from), record.systemUseOffset() + from, taker);
        for (int areas = 0; next.isPresent(); areas++) {
            if (areas == Limits.CONTINUATION_AREAS) {
                throw reading.damaged(
                        record.at(),
                        "a directory record with more than " + Limits.CONTINUATION_AREAS
                                + " continuation areas; they lead to each other");
            }
            Continuation here = next.get();
            next = area(reading, reading.read(here.at(), here.length(), "a continuation area"), here.at(), taker);
        }
    }

    /** @throws IOException an entry is shorter than its kind has to be */
    static void requireLength(DiscReading reading, ByteBuffer entry, int least, long at) throws IOException {
        if (entry.limit() < least) {
            throw reading.damaged(
                    at,
                    "a system use entry " + DiscReading.shown(Unsigned.ascii(entry, 0, 2)) + " of " + entry.limit()
                            + " bytes; expected at least " + least);
        }
    }

    private record Continuation(long at, int length) {}

    private static Optional<Continuation> area(DiscReading reading, ByteBuffer area, long areaAt, Taker taker)
            throws IOException {
        Optional<Continuation> next = Optional.empty();
        int position = 0;
        while (area.limit() - position >= SHORTEST) {
            int code = (Unsigned.u8(area, position) << 8) | Unsigned.u8(area, position + 1);
            int length = Unsigned.u8(area, position + 2);
            long at = areaAt + position;
            if (code == ST || (code == 0 && length == 0)) {
                // Some writers pad an area with zeros.
                return next;
            }
            if (length < SHORTEST || length > area.limit() - position) {
                throw reading.damaged(
                        at,
                        "a system use entry of " + length + " bytes; expected " + SHORTEST + " to "
                                + (area.limit() - position));
            }
            ByteBuffer entry = Unsigned.slice(area, position, length);
            if (code == CE) {
                next = continuation(reading, entry, at);
            } else {
                taker.take(code, entry, at);
            }
            position += length;
        }
        return next;
    }

    private static Optional<Continuation> continuation(DiscReading reading, ByteBuffer entry, long at)
            throws IOException {
        requireLength(reading, entry, 28, at);
        long offset = Unsigned.u32(entry, 12);
        long length = Unsigned.u32(entry, 20);
        if (offset >= DiscReading.SECTOR || length > Limits.CONTINUATION_BYTES) {
            throw reading.damaged(
                    at,
                    "a continuation area of " + length + " bytes at " + offset + " of its block; expected at most "
                            + Limits.CONTINUATION_BYTES + ", and a place in the block");
        }
        return length == 0
                ? Optional.empty()
                : Optional.of(new Continuation(DiscReading.offset(Unsigned.u32(entry, 4)) + offset, (int) length));
    }
}
