package io.slipway.disc.codec;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** ISO 9660's two forms of a time. What is no time, as on many discs, is the epoch. */
final class IsoTime {

    private static final int SECONDS_IN_QUARTER = 900;

    private IsoTime() {}

    /** Seven bytes, years from 1900 (ECMA-119 section 9.1.5). */
    static Instant ofSeven(ByteBuffer bytes, int at) {
        return instant(
                1900 + Unsigned.u8(bytes, at),
                Unsigned.u8(bytes, at + 1),
                Unsigned.u8(bytes, at + 2),
                Unsigned.u8(bytes, at + 3),
                Unsigned.u8(bytes, at + 4),
                Unsigned.u8(bytes, at + 5),
                bytes.get(at + 6));
    }

    /** Sixteen digits and the offset from UTC (ECMA-119 section 8.4.26.1). The hundredths are left out. */
    static Instant ofSeventeen(ByteBuffer bytes, int at) {
        return instant(
                digits(bytes, at, 4),
                digits(bytes, at + 4, 2),
                digits(bytes, at + 6, 2),
                digits(bytes, at + 8, 2),
                digits(bytes, at + 10, 2),
                digits(bytes, at + 12, 2),
                bytes.get(at + 16));
    }

    private static int digits(ByteBuffer bytes, int at, int count) {
        int number = 0;
        for (int i = at; i < at + count; i++) {
            int digit = bytes.get(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** @param quarters of an hour east of UTC */
    private static Instant instant(int year, int month, int day, int hour, int minute, int second, int quarters) {
        try {
            return LocalDateTime.of(year, month, day, hour, minute, second)
                    .toInstant(ZoneOffset.ofTotalSeconds(quarters * SECONDS_IN_QUARTER));
        } catch (DateTimeException none) {
            // Nobody boots by the date of a file: a disc is not refused for it.
            return Instant.EPOCH;
        }
    }
}
