package io.slipway.disc.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The target of a symbolic link, from the components of its SL entries (RRIP 4.1.3). */
final class RockRidgeLink {

    private static final int CONTINUES = 0x01;
    private static final int CURRENT = 0x02;
    private static final int PARENT = 0x04;
    private static final int ROOT = 0x08;

    private final DiscReading reading;
    private final ByteArrayOutputStream target = new ByteArrayOutputStream();
    private boolean present;
    /** Whether a slash is due before the next component. */
    private boolean slash;

    RockRidgeLink(DiscReading reading) {
        this.reading = reading;
    }

    void take(ByteBuffer entry, long at) throws IOException {
        SystemUse.requireLength(reading, entry, 5, at);
        present = true;
        int position = 5;
        while (position < entry.limit()) {
            int length = position + 1 < entry.limit() ? Unsigned.u8(entry, position + 1) : 0;
            if (length > entry.limit() - position - 2) {
                throw reading.damaged(
                        at + position,
                        "a part of a symbolic link that reaches over the end of its entry; expected at most "
                                + (entry.limit() - position - 2) + " bytes");
            }
            component(Unsigned.u8(entry, position), entry.slice(position + 2, length), at + position);
            position += 2 + length;
        }
    }

    private void component(int flags, ByteBuffer content, long at) throws IOException {
        if ((flags & ROOT) != 0) {
            append("/", at);
            slash = false;
            return;
        }
        if (slash) {
            append("/", at);
        }
        if ((flags & PARENT) != 0) {
            append("..", at);
        } else if ((flags & CURRENT) != 0) {
            append(".", at);
        } else {
            append(StandardCharsets.ISO_8859_1.decode(content).toString(), at);
        }
        slash = (flags & CONTINUES) == 0;
    }

    private void append(String latin, long at) throws IOException {
        if (target.size() + latin.length() > Limits.LINK_TARGET_BYTES) {
            throw reading.damaged(at, "a symbolic link's target of more than " + Limits.LINK_TARGET_BYTES + " bytes");
        }
        target.writeBytes(latin.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Empty when there is no SL entry. */
    Optional<String> target() {
        return present ? Optional.of(RockRidgeText.of(target)) : Optional.empty();
    }
}
