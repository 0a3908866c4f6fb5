package io.slipway.state.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * The head of a log file.
 *
 * @param salt what the checksums of this file start from
 * @param revision the store's revision when the file was begun
 */
record LogHeader(long salt, long revision) {

    private static final SecureRandom SALTS = new SecureRandom();
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    static LogHeader at(long revision) {
        return new LogHeader(SALTS.nextLong(), revision);
    }

    ByteBuffer encode() {
        return ByteBuffer.allocate(LogFormat.FILE_HEADER)
                .putLong(LogFormat.FILE_MAGIC)
                .putInt(LogFormat.VERSION)
                .putInt(LogFormat.checksum(NOTHING.duplicate(), salt, revision))
                .putLong(salt)
                .putLong(revision)
                .flip();
    }

    /** @param name the file, for the message */
    static LogHeader decode(ByteBuffer bytes, String name) throws IOException {
        if (bytes.remaining() < LogFormat.FILE_HEADER || bytes.getLong() != LogFormat.FILE_MAGIC) {
            throw unreadable(name, "it does not begin like one");
        }
        int version = bytes.getInt();
        int checksum = bytes.getInt();
        LogHeader header = new LogHeader(bytes.getLong(), bytes.getLong());
        if (version != LogFormat.VERSION) {
            throw new IOException("state log " + name + " has format " + version + ", expected " + LogFormat.VERSION
                    + "; start the version of Slipway that wrote it");
        }
        if (checksum != LogFormat.checksum(NOTHING.duplicate(), header.salt, header.revision)) {
            throw unreadable(name, "its header is damaged");
        }
        return header;
    }

    private static IOException unreadable(String name, String why) {
        return new IOException("state log " + name + " is not readable: " + why
                + "; restore it from a backup, or move it away to start with an empty store");
    }
}
