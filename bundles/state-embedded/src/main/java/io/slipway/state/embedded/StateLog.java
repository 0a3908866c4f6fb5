package io.slipway.state.embedded;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log that makes groups durable. Used by one thread.
 *
 * <p>Frames go into space that was reserved before, so that {@code force} has no file size to write. Once a force has
 * failed, or a failed write could not be undone, the file is not trusted any more, whatever it seems to hold: the
 * kernel forgets what it could not write. Then nothing is acknowledged until all records stand in a new file. A disk
 * that is full is another thing: what was reserved can be written as before.
 */
final class StateLog implements Closeable {

    static final String NAME = "state.log";
    static final String NEW_NAME = "state.log.new";

    private static final Logger LOG = LoggerFactory.getLogger(StateLog.class);
    private static final int SMALLEST_STEP = 512;

    private final LogFolder folder;
    private final Limits limits;
    private LogFile file;
    private long salt;
    private long end;
    private long reserved;
    private Optional<IOException> suspect = Optional.empty();
    private OptionalLong failedAt = OptionalLong.empty();
    private Optional<IOException> shortage = Optional.empty();
    private long shortAt;

    private StateLog(LogFolder folder, Limits limits) {
        this.folder = folder;
        this.limits = limits;
    }

    /** A new log, holding these records. */
    static StateLog begin(LogFolder folder, Limits limits, LiveRecords live) throws IOException {
        StateLog log = new StateLog(folder, limits);
        log.rewrite(live);
        return log;
    }

    /** The log in a file that was closed in order. */
    static StateLog resume(LogFolder folder, Limits limits, LogFile file, Recovered recovered) {
        StateLog log = new StateLog(folder, limits);
        log.adopt(new FreshLog(file, recovered.header().salt(), recovered.end(), recovered.end()));
        return log;
    }

    /** The log in a file that may hold what is not on the disk: it is rewritten before anything is acknowledged. */
    static StateLog distrust(LogFolder folder, Limits limits, LogFile file, Recovered recovered) {
        StateLog log = resume(folder, limits, file, recovered);
        log.distrust(new IOException("the log was not closed in order and could not be rewritten yet"));
        return log;
    }

    /**
     * Appends a group. It is durable when this returns.
     *
     * @param live the records without the group
     * @throws IOException nothing of the group is acknowledged or will be; a later call may work again
     */
    void append(FrameBuffer group, long revision, LiveRecords live) throws IOException {
        if (!isTrusted()) {
            repair(live);
        }
        ByteBuffer frame = group.seal(revision, salt);
        int length = frame.remaining();
        reserve(end + length);
        try {
            file.write(frame, end);
            force(false);
        } catch (IOException e) {
            undo(e);
            throw e;
        }
        end += length;
    }

    /** Whether all that the log seems to hold is on the disk. */
    boolean isTrusted() {
        return suspect.isEmpty();
    }

    /** Whether the log holds so much history that it is worth rewriting. */
    boolean isWorthRewriting(long liveBytes) {
        return isTrusted() && end > Math.max(limits.compactAboveBytes(), 2 * liveBytes) && mayTry();
    }

    private boolean mayTry() {
        return failedAt.isEmpty()
                || System.nanoTime() - failedAt.getAsLong()
                        >= limits.repairPause().toNanos();
    }

    /**
     * Why the disk gives no more space ahead, once half of what was taken is used: known while commits still work, so
     * that what is left can be kept for what matters most. Empty: there is enough, or the log must be repaired first.
     */
    Optional<IOException> shortage() {
        if (!isTrusted() || left() > limits.reserveBytes() / 2) {
            shortage = Optional.empty();
        } else if (shortage.isEmpty()
                || System.nanoTime() - shortAt >= limits.repairPause().toNanos()) {
            shortage = extend(end + limits.reserveBytes(), reserved);
            shortAt = System.nanoTime();
            if (!isTrusted() || left() > limits.reserveBytes() / 2) {
                shortage = Optional.empty();
            }
        }
        return shortage;
    }

    /** What can still be written into the space that was taken. */
    long left() {
        return reserved - end;
    }

    private void repair(LiveRecords live) throws IOException {
        if (!mayTry()) {
            throw suspect.get();
        }
        rewrite(live);
    }

    /**
     * Puts all records into a new file and goes on there.
     *
     * @throws IOException the former file is as it was, unless it is distrusted now
     */
    void rewrite(LiveRecords live) throws IOException {
        LogFile fresh = null;
        try {
            fresh = folder.create(NEW_NAME);
            FreshLog written = FreshLog.fill(fresh, live, limits.reserveBytes());
            replace();
            closeQuietly(file);
            adopt(written);
        } catch (IOException e) {
            failedAt = OptionalLong.of(System.nanoTime());
            closeQuietly(fresh);
            deleteQuietly();
            throw e;
        }
    }

    /** From the rename on, either file may be the one that a crash leaves: only success makes the log sound again. */
    private void replace() throws IOException {
        try {
            folder.rename(NEW_NAME, NAME);
            folder.force();
        } catch (IOException e) {
            distrust(e);
            throw e;
        }
    }

    private void adopt(FreshLog sound) {
        file = sound.file();
        salt = sound.salt();
        end = sound.end();
        reserved = sound.size();
        suspect = Optional.empty();
        failedAt = OptionalLong.empty();
        shortage = Optional.empty();
    }

    /** Always leaves a byte after the frame: a frame that reaches to the end of the file is a mark of damage. */
    private void reserve(long needed) throws IOException {
        if (needed >= reserved && shortage.isEmpty()) {
            shortage = extend(needed + limits.reserveBytes(), needed);
            shortAt = System.nanoTime();
        }
        if (needed >= reserved) {
            throw shortage.orElseThrow(() -> new IOException("no space was taken for " + needed + " bytes"));
        }
    }

    /**
     * Takes space ahead, and as much as there is on a disk that is nearly full.
     *
     * @param least less is not worth it
     * @return why it is less than was wished for
     */
    private Optional<IOException> extend(long wished, long least) {
        Optional<IOException> failure = Optional.empty();
        for (long more = wished - reserved; reserved + more > least && more >= SMALLEST_STEP; more /= 2) {
            try {
                FreshLog.writeZeroes(file, reserved, reserved + more);
                force(true);
                reserved += more;
                return failure;
            } catch (IOException e) {
                failure = failure.or(() -> Optional.of(e));
                if (!isTrusted() || !giveBack()) {
                    return failure;
                }
            }
        }
        return failure;
    }

    /** What was taken in part is others' again; zeroes do no harm where they stay. */
    private boolean giveBack() {
        try {
            file.truncate(reserved);
            return true;
        } catch (IOException e) {
            LOG.debug("{} keeps zeroes at its end", folder.describe(NAME), e);
            return false;
        }
    }

    private void force(boolean metadata) throws IOException {
        try {
            file.force(metadata);
        } catch (IOException e) {
            distrust(e);
            throw e;
        }
    }

    /** Cuts off what failed, so that it does not come back after a crash either. */
    private void undo(IOException cause) {
        try {
            reserved = end;
            file.truncate(end);
            force(true);
        } catch (IOException e) {
            cause.addSuppressed(e);
            distrust(cause);
        }
    }

    private void distrust(IOException why) {
        suspect = Optional.of(why);
    }

    private void deleteQuietly() {
        try {
            folder.delete(NEW_NAME);
        } catch (IOException e) {
            LOG.debug("{} stays until the next attempt", folder.describe(NEW_NAME), e);
        }
    }

    private static void closeQuietly(LogFile unused) {
        try {
            if (unused != null) {
                unused.close();
            }
        } catch (IOException e) {
            LOG.debug("a log file that is not used any more did not close", e);
        }
    }

    /** Gives back the reserved space; a log without it was closed in order. */
    @Override
    public void close() throws IOException {
        try {
            if (isTrusted()) {
                file.truncate(end);
                file.force(true);
            }
        } finally {
            file.close();
        }
    }
}
