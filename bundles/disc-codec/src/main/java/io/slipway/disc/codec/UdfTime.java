package io.slipway.disc.codec;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** A time of twelve bytes (ECMA-167 1/7.3). What is no time is the epoch. */
final class UdfTime {

    private static final int LOCAL = 1;
    private static final int NO_OFFSET = -2047;
    private static final int SECONDS_IN_MINUTE = 60;

    private UdfTime() {}

    static Instant of(ByteBuffer bytes, int at) {
        int type = Unsigned.u16(bytes, at) >>> 12;
        // Twelve bits with a sign.
        int minutes = (bytes.getShort(at) << 20) >> 20;
        try {
            ZoneOffset offset = type == LOCAL && minutes != NO_OFFSET
                    ? ZoneOffset.ofTotalSeconds(minutes * SECONDS_IN_MINUTE)
                    : ZoneOffset.UTC;
            return LocalDateTime.of(
                            bytes.getShort(at + 2),
                            Unsigned.u8(bytes, at + 4),
                            Unsigned.u8(bytes, at + 5),
                            Unsigned.u8(bytes, at + 6),
                            Unsigned.u8(bytes, at + 7),
                            Unsigned.u8(bytes, at + 8))
                    .toInstant(offset);
        } catch (DateTimeException none) {
            // Nobody boots by the date of a file: a disc is not refused for it.
            return Instant.EPOCH;
        }
    }
}
