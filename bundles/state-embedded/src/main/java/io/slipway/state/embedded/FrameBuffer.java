package io.slipway.state.embedded;

import io.slipway.state.Key;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Collects writes and seals them into one frame. Used over and over by the one thread that writes. */
final class FrameBuffer {

    private static final byte[] NOTHING = {};

    private ByteBuffer bytes = ByteBuffer.allocate(64 * 1024).position(LogFormat.FRAME_HEADER);

    void clear() {
        bytes.clear().position(LogFormat.FRAME_HEADER);
    }

    int payloadBytes() {
        return bytes.position() - LogFormat.FRAME_HEADER;
    }

    /** @param value empty: the record is deleted */
    void add(long revision, Key key, Optional<byte[]> value) {
        byte[] written = value.orElse(NOTHING);
        room((int) sizeOf(key, written.length));
        bytes.putLong(revision);
        bytes.putShort((short) key.path().length());
        bytes.put(key.path().getBytes(StandardCharsets.ISO_8859_1)); // all of it is ASCII, and this is a plain copy
        bytes.putInt(value.isPresent() ? written.length : LogFormat.DELETED);
        bytes.put(written);
    }

    /** What one write takes in a frame; this, summed over all live records, is what a fresh log would take. */
    static long sizeOf(Key key, int valueBytes) {
        return LogFormat.WRITE_HEADER + key.path().length() + (long) valueBytes;
    }

    /** The frame, ready to be written. */
    ByteBuffer seal(long revision, long salt) {
        int payload = payloadBytes();
        if (payload > LogFormat.MAX_PAYLOAD) {
            throw new IllegalStateException(
                    "group of " + payload + " bytes; expected at most " + LogFormat.MAX_PAYLOAD);
        }
        ByteBuffer frame = bytes.duplicate().flip();
        frame.putInt(0, LogFormat.FRAME_MAGIC);
        frame.putInt(LogFormat.LENGTH_AT, payload);
        frame.putLong(LogFormat.REVISION_AT, revision);
        frame.putInt(LogFormat.CHECKSUM_AT, LogFormat.checksum(frame, salt));
        return frame;
    }

    private void room(int more) {
        if (bytes.remaining() < more) {
            int capacity = Math.max(bytes.position() + more, 2 * bytes.capacity());
            bytes = ByteBuffer.allocate(capacity).put(bytes.flip());
        }
    }
}
