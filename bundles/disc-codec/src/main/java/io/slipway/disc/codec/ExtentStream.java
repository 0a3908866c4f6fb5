package io.slipway.disc.codec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/** The bytes of a file on a disc. For one thread; closing it closes nothing, for the disc image stays open. */
final class ExtentStream extends InputStream {

    private final DiscBytes bytes;
    private final Iterator<DiscExtent> following;
    private long at;
    private long end;

    ExtentStream(DiscBytes bytes, List<DiscExtent> extents) {
        this.bytes = bytes;
        this.following = extents.iterator();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (!reach()) {
            return -1;
        }
        int most = (int) Math.min(length, end - at);
        int count = bytes.readSome(ByteBuffer.wrap(target, offset, most), at);
        at += count;
        return count;
    }

    @Override
    public long skip(long count) {
        long skipped = 0;
        while (skipped < count && reach()) {
            long part = Math.min(count - skipped, end - at);
            at += part;
            skipped += part;
        }
        return skipped;
    }

    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, end - at);
    }

    /** Goes on to the next extent where one is done. */
    private boolean reach() {
        if (at == end && following.hasNext()) {
            DiscExtent extent = following.next();
            at = extent.offset();
            end = extent.end();
        }
        return at < end;
    }
}
