package io.slipway.state.embedded;

import io.slipway.state.embedded.Recovered.Ending;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the log of a folder: reads all records, and says what it did when the file did not end in order. */
final class LogRecovery {

    private static final Logger LOG = LoggerFactory.getLogger(LogRecovery.class);

    private final LogFolder folder;
    private final Limits limits;
    private final LiveRecords live;
    private final String name;

    private LogRecovery(LogFolder folder, Limits limits, LiveRecords live) {
        this.folder = folder;
        this.limits = limits;
        this.live = live;
        this.name = folder.describe(StateLog.NAME);
    }

    /**
     * @param live empty; holds the records afterwards
     * @throws IOException when the log cannot be read, or cannot be begun; the message names the file
     */
    static StateLog open(LogFolder folder, Limits limits, LiveRecords live) throws IOException {
        folder.delete(StateLog.NEW_NAME);
        if (!folder.has(StateLog.NAME)) {
            return StateLog.begin(folder, limits, live);
        }
        LogFile file = folder.open(StateLog.NAME);
        try {
            return new LogRecovery(folder, limits, live).read(file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private StateLog read(LogFile file) throws IOException {
        Recovered recovered = new LogReader(file, name).recover(live::replay);
        live.startAt(recovered.revision());
        if (recovered.ending() == Ending.CLOSED) {
            return StateLog.resume(folder, limits, file, recovered);
        }
        if (recovered.ending() == Ending.TORN) {
            LOG.info(
                    "state log {}: cut off {} bytes of a last write that was never finished nor acknowledged",
                    name,
                    recovered.tailBytes());
        }
        if (recovered.ending() == Ending.DAMAGED) {
            keepDamaged(recovered);
        }
        return rewritten(StateLog.distrust(folder, limits, file, recovered));
    }

    private void keepDamaged(Recovered recovered) throws IOException {
        String kept = StateLog.NAME + ".damaged";
        for (int number = 2; folder.has(kept); number++) {
            kept = StateLog.NAME + ".damaged." + number;
        }
        folder.copy(StateLog.NAME, kept);
        folder.force();
        LOG.error(
                "state log {} is damaged at byte {}: {} bytes from there on are not used, with {} legible writes and"
                        + " perhaps more. The store goes on with what was written before them; the damaged file is kept as {}."
                        + " Check the disk; restore a backup if newer leases or machines are missing.",
                name,
                recovered.end(),
                recovered.tailBytes(),
                recovered.lostWrites(),
                folder.describe(kept));
    }

    /**
     * A process that ended without closing may have left frames in the kernel's cache that never reached, and never
     * will reach, the disk. Written anew they do.
     */
    private StateLog rewritten(StateLog log) {
        try {
            log.rewrite(live);
        } catch (IOException e) {
            LOG.error(
                    "state log {} cannot be written ({}): records can be read, commits fail until it can. Free space"
                            + " on that disk, or mend it.",
                    name,
                    e.toString());
        }
        return log;
    }
}
