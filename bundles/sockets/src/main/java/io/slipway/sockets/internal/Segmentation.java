package io.slipway.sockets.internal;

import io.netty.channel.unix.Errors;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the kernel cuts datagrams out of one buffer (UDP_SEGMENT), and where it has refused to. Safe for use by many threads. */
final class Segmentation {

    private static final Logger LOG = LoggerFactory.getLogger(Segmentation.class);

    /** Linux's SOL_UDP and UDP_SEGMENT. */
    private static final int LEVEL = 17;

    private static final int OPTION = 103;

    /** EIO: the interface computes no checksums; EINVAL: it carries less than was thought; the others: unknown. */
    private static final Set<Integer> REFUSALS = Set.of(-5, -22, -92, -95);

    /** EMSGSIZE. */
    private static final int TOO_LONG = -90;

    private final boolean isKnown;
    private final Set<String> refusing = ConcurrentHashMap.newKeySet();

    Segmentation(boolean isKnown) {
        this.isKnown = isKnown;
    }

    boolean isUsable(String link) {
        return isKnown && !refusing.contains(link);
    }

    /**
     * From now on what is sent at once from this socket leaves as datagrams of so many bytes, the last of which may be
     * shorter; 0: as one.
     */
    static void cut(Socket socket, int size) throws IOException {
        socket.setIntOpt(LEVEL, OPTION, size);
    }

    /** Whether sending has failed since the way to one client carries less than its interface. */
    static boolean isTooLong(Throwable cause) {
        return cause instanceof Errors.NativeIoException error && error.expectedErr() == TOO_LONG;
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
