package io.slipway.state.embedded;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The bytes of the log, big-endian.
 *
 * <pre>
 * file    header, frames, zeroes (space that is reserved for the next frames)
 * header  magic 8, version 4, CRC32C 4, salt 8, revision 8
 * frame   magic 4, CRC32C 4, payload length 4, revision 8, payload: all writes of one group
 * write   revision 8, key length 2, key, value length 4 (-1: deleted), value
 * </pre>
 *
 * A group is one frame, so the disk can tear only the last frame: the next is not written before that is forced. The
 * salt, new for every file, goes into each frame's checksum: bytes of another log in a value never pass for a frame.
 */
final class LogFormat {

    static final long FILE_MAGIC = 0x534C_4950_5354_4154L; // SLIPSTAT
    static final int VERSION = 1;
    static final int FILE_HEADER = 32;

    static final int FRAME_MAGIC = 0x534C_4652; // SLFR
    static final int FRAME_HEADER = 20;
    static final int CHECKSUM_AT = 4;
    static final int LENGTH_AT = 8;
    static final int REVISION_AT = 12;

    static final int WRITE_HEADER = 8 + 2 + 4;
    static final int DELETED = -1;

    /** A group ends when it has this many bytes; one transaction more may follow, hence the larger limit on a frame. */
    static final int GROUP_BYTES = 1 << 20;

    static final int MAX_PAYLOAD = 8 << 20;

    private LogFormat() {}

    /** The checksum of a whole frame: the salt, then all that follows the checksum's own place. */
    static int checksum(ByteBuffer frame, long salt) {
        return checksum(frame.slice(LENGTH_AT, frame.limit() - LENGTH_AT), salt, 0);
    }

    static int checksum(ByteBuffer bytes, long salt, long revision) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(16).putLong(salt).putLong(revision).flip());
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
