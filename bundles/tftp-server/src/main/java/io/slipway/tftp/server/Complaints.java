package io.slipway.tftp.server;

import io.slipway.boot.ClientAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the operator can mend, each logged once in a while only: what clients cause must not fill the log. */
final class Complaints {

    private static final Logger LOG = LoggerFactory.getLogger(Complaints.class);
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration LONG_INTERVAL = Duration.ofMinutes(1);

    private final Seldom noSocket = new Seldom(INTERVAL);
    private final Seldom late = new Seldom(INTERVAL);
    private final Seldom unreadable = new Seldom(INTERVAL);
    private final Seldom cutShort = new Seldom(INTERVAL);

    private final Map<String, Seldom> waiting = new ConcurrentHashMap<>();
    private final Seldom noRoom = new Seldom(LONG_INTERVAL);
    private final Seldom uploadsFail = new Seldom(INTERVAL);
    private final Seldom uploadsAreServed = new Seldom(LONG_INTERVAL);
    private final Seldom dropped = new Seldom(LONG_INTERVAL);

    /** @param limit that is reached, as its key in the configuration */
    void clientsWait(String limit) {
        if (waiting.computeIfAbsent(limit, key -> new Seldom(LONG_INTERVAL)).isDue()) {
            LOG.warn(
                    "TFTP clients have to wait: {} is reached; raise it in etc/io.slipway.tftp.server.cfg if the"
                            + " network and the disk can do more (tftp:transfers)",
                    limit);
        }
    }

    void requestsAreDropped(int most) {
        if (dropped.isDue()) {
            LOG.warn(
                    "TFTP requests are dropped, since {} wait already: raise maximumWaiting in"
                            + " etc/io.slipway.tftp.server.cfg, or find out who asks so much (tftp:transfers)",
                    most);
        }
    }

    void hasNoRoom(ClientAddress client, String why) {
        if (noRoom.isDue()) {
            LOG.warn(
                    "an upload of {} was refused: {}; remove uploads, or raise that key in"
                            + " etc/io.slipway.tftp.server.cfg",
                    client,
                    why);
        }
    }

    void uploadsFail(Path folder, Throwable cause) {
        if (uploadsFail.isDue()) {
            LOG.warn(
                    "an upload could not be written to {}: {}; mend that folder's permissions or its disk, or set"
                            + " another as uploads in etc/io.slipway.tftp.server.cfg",
                    folder,
                    cause.toString());
        }
    }

    void uploadsAreServed(Path folder) {
        if (uploadsAreServed.isDue()) {
            LOG.warn(
                    "uploads to {} are refused, since machines could fetch them: set a folder that is not served as"
                            + " uploads in etc/io.slipway.tftp.server.cfg",
                    folder);
        }
    }

    void hasNoSocket(String link, Throwable cause) {
        if (noSocket.isDue()) {
            LOG.warn(
                    "no socket for a TFTP transfer on {}: {}; if that is too many open files, raise their limit"
                            + " (ulimit -n)",
                    link,
                    cause.toString());
        }
    }

    void isLate(String path, ClientAddress client, Duration deadline) {
        if (late.isDue()) {
            LOG.warn(
                    "{} was not found for {} within {} ms: a source of boot files hangs or is overloaded; look at its"
                            + " disk, or raise lookupThreads or lookupDeadline in etc/io.slipway.tftp.server.cfg",
                    path,
                    client,
                    deadline.toMillis());
        }
    }

    void isUnreadable(String path, ClientAddress client, Throwable failure) {
        if (unreadable.isDue()) {
            LOG.warn(
                    "{} could not be read for {}: {}; mend that file's permissions or its disk",
                    path,
                    client,
                    failure.toString());
        }
    }

    void isCutShort(String path, ClientAddress client, Throwable failure) {
        if (cutShort.isDue()) {
            LOG.warn(
                    "{} cannot be read any more, the transfer to {} has ended: {}; start the machine again when the"
                            + " file is whole",
                    path,
                    client,
                    failure.toString());
        }
    }
}
