package io.slipway.machine.simulator;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/** What a file is to hold. Of one thread. */
final class Expected {

    private final ByteBuffer content;

    /** @param content not released; empty for any file */
    Expected(ByteBuf content) {
        this.content = content.nioBuffer().slice();
    }

    /** Whether the bytes in the middle of a packet are those of the file from a position on. */
    boolean holds(long position, ByteBuf packet, int index, int length) {
        if (isAny()) {
            return true;
        }
        if (position + length > content.limit()) {
            return false;
        }
        content.position((int) position);
        int difference = content.mismatch(packet.internalNioBuffer(index, length));
        return difference < 0 || difference >= length;
    }

    boolean isWhole(long bytes) {
        return isAny() || bytes == content.limit();
    }

    private boolean isAny() {
        return content.limit() == 0;
    }
}
