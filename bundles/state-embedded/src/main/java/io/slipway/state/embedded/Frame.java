package io.slipway.state.embedded;

import io.slipway.state.Key;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A frame whose checksum was right.
 *
 * @param revision the store's revision after its writes
 * @param payload the writes
 */
record Frame(long revision, ByteBuffer payload) {

    /** Is given the writes of a log, in order. */
    interface Replay {
        void write(long revision, Key key, Optional<byte[]> value);
    }

    int bytes() {
        return LogFormat.FRAME_HEADER + payload.limit();
    }

    /**
     * Decodes the writes.
     *
     * @return how many there were
     * @throws IOException when they make no sense although the checksum is right
     */
    int replay(Replay target) throws IOException {
        ByteBuffer in = payload.duplicate().rewind();
        int count = 0;
        try {
            while (in.hasRemaining()) {
                long written = in.getLong();
                byte[] path = new byte[Short.toUnsignedInt(in.getShort())];
                in.get(path);
                Key key = new Key(new String(path, StandardCharsets.US_ASCII));
                target.write(written, key, value(in));
                count++;
            }
        } catch (BufferUnderflowException | IllegalArgumentException | NegativeArraySizeException e) {
            throw new IOException("frame of revision " + revision + " holds what this version never writes", e);
        }
        return count;
    }

    private static Optional<byte[]> value(ByteBuffer in) {
        int length = in.getInt();
        if (length == LogFormat.DELETED) {
            return Optional.empty();
        }
        byte[] value = new byte[length];
        in.get(value);
        return Optional.of(value);
    }
}
