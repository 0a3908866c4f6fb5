package io.slipway.disc.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One task that reads the structure of a disc. What it reads is counted, so that no disc keeps it busy for ever,
 * whatever its directories say of each other. For one thread.
 */
final class DiscReading {

    /** In bytes; ISO 9660's logical sector, and here also the logical block of both formats. */
    static final int SECTOR = 2048;

    private final DiscBytes bytes;
    private final long most;
    private long left;

    /** @param most how many bytes it may read */
    DiscReading(DiscBytes bytes, long most) {
        this.bytes = bytes;
        this.most = most;
        this.left = most;
    }

    /** Of the disc image's file, in bytes. */
    long size() {
        return bytes.size();
    }

    /**
     * Reads a piece of the disc, little-endian.
     *
     * @param length in bytes; what is read at once is small
     * @param what it is, for messages
     * @throws IOException it does not lie in the file, or too much has been read
     */
    ByteBuffer read(long at, int length, String what) throws IOException {
        requireInside(at, length, what);
        if (length > left) {
            throw refused(
                    "has more than " + most + " bytes of directories and the like; it is too large to be read, or its"
                            + " directories lead to each other");
        }
        left -= length;
        ByteBuffer target = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (target.hasRemaining()) {
            bytes.readSome(target, at + target.position());
        }
        return target.flip();
    }

    /** Reads the sector of this number. */
    ByteBuffer sector(long number, String what) throws IOException {
        return read(offset(number), SECTOR, what);
    }

    /** Where a sector begins. A number of 32 bits cannot overflow. */
    static long offset(long sector) {
        return Math.multiplyExact(sector, SECTOR);
    }

    /** @throws IOException a piece does not lie in the file */
    void requireInside(long at, long length, String what) throws IOException {
        if (at < 0 || length < 0 || at > size() - length) {
            throw damaged(
                    at, what + " of " + length + " bytes; expected its end within the file's " + size() + " bytes");
        }
    }

    /**
     * @param volume how many bytes it has, as it says itself
     * @throws IOException the file is shorter
     */
    void requireWhole(long volume) throws IOException {
        if (size() < volume) {
            throw refused("is cut short: its volume has " + volume + " bytes, and the last " + (volume - size())
                    + " are missing; copy or download it again");
        }
    }

    /** @param what what is there, and what was expected */
    IOException damaged(long at, String what) {
        return new IOException(bytes.file() + " is damaged at byte " + at + ": " + what);
    }

    /** @param what follows the file's name */
    IOException refused(String what) {
        return new IOException(bytes.file() + " " + what);
    }

    IOException unreadable(String path, UnreadableNode file) {
        return new IOException(bytes.file() + ": " + shown(path) + " " + file.why());
    }

    /** A name from the disc as a message may show it. */
    static String shown(String name) {
        return "'" + name.replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
