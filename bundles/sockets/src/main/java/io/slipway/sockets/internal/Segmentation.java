package io.slipway.sockets.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.SegmentedDatagramPacket;
import io.slipway.sockets.DatagramDoor;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the kernel cuts datagrams out of one buffer (UDP_SEGMENT), and where it has refused to. Safe for use by many threads. */
final class Segmentation {

    private static final Logger LOG = LoggerFactory.getLogger(Segmentation.class);

    /** EIO: the interface computes no checksums; EINVAL: it carries less than was thought; the others: unknown. */
    private static final Set<Integer> REFUSALS = Set.of(-5, -22, -92, -95);

    private final boolean isKnown;
    private final Set<String> refusing = ConcurrentHashMap.newKeySet();

    Segmentation(boolean isKnown) {
        this.isKnown = isKnown;
    }

    /**
     * Sends datagrams of equal size, the last of which may be shorter, from the socket of a conversation.
     *
     * @return whether the buffer is taken over; not when they must be sent one by one
     */
    boolean send(String link, Channel conversation, ByteBuf datagrams, int size, InetSocketAddress to) {
        if (!isUsable(link)) {
            return false;
        }
        // Kept for the case that this kernel or this interface does not cut datagrams.
        ByteBuf whole = datagrams.retainedSlice();
        conversation
                .writeAndFlush(new SegmentedDatagramPacket(datagrams, size, to))
                .addListener(sent -> {
                    if (!sent.isSuccess() && isRefused(link, sent.cause())) {
                        DatagramDoor.sendEach(conversation, whole, size, to);
                    } else {
                        whole.release();
                    }
                });
        return true;
    }

    boolean isUsable(String link) {
        return isKnown && !refusing.contains(link);
    }

    /** Whether sending has failed since the kernel cuts nothing for this interface; it is not asked again. */
    boolean isRefused(String link, Throwable cause) {
        if (!(cause instanceof Errors.NativeIoException error) || !REFUSALS.contains(error.expectedErr())) {
            return false;
        }
        if (refusing.add(link)) {
            LOG.info(
                    "{}: datagrams are sent one by one, since the kernel cuts none there ({})", link, cause.toString());
        }
        return true;
    }
}
