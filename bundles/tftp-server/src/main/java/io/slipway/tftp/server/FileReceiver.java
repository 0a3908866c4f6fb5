package io.slipway.tftp.server;

import io.slipway.boot.BootRequest;
import io.slipway.boot.Transfer;
import io.slipway.boot.Transfer.Outcome;
import io.slipway.tftp.codec.Ack;
import io.slipway.tftp.codec.Data;
import io.slipway.tftp.codec.ErrorPacket;
import io.slipway.tftp.codec.OptionAck;
import io.slipway.tftp.codec.TftpErrorCode;
import io.slipway.tftp.codec.TftpPacket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one file from one client, in lock-step (RFC 1350 section 2) or windows (RFC 7440). Its bytes go to the disk on
 * threads of the writer; while that is behind, no ACK is sent, and the client waits. The last ACK says that the file is
 * on the disk.
 */
final class FileReceiver extends TransferSide {

    private static final Logger LOG = LoggerFactory.getLogger(FileReceiver.class);

    /** What one job writes, and what may be in memory before the client has to wait. */
    private static final int MOST_GATHERED = 65_536;

    private static final int MOST_UNWRITTEN = 262_144;

    private static final int NUMBERS = 0xffff;
    private static final long LONGEST_DALLY = TimeUnit.SECONDS.toNanos(10);

    /** What it needs of the rest. */
    interface Keeper {

        /** The file is about to have so many bytes. */
        void grow(Upload upload, long bytes) throws IOException;

        /** Runs what writes to the disk, on threads of its own. */
        void write(Runnable job);

        /** It has ended, well or not; said once. */
        void ended(Optional<Transfer> transfer, Ending ending, Duration took);
    }

    private final BootRequest request;
    private final String name;
    private final long announced;
    private final Terms terms;
    private final Upload upload;
    private final Optional<NetAscii.Decoder> text;
    private final BootSide boot;
    private final Keeper keeper;
    private final Runnable whenEnded;
    private final long resetNanos;

    private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
    private Optional<Transfer> transfer = Optional.empty();
    private long heardAt;
    private long length;
    /** Bytes that the running job writes; 0: none runs. */
    private int writing;
    /** The last block that came in its turn, and the last that was acknowledged; counted on where the number wraps. */
    private long received;

    private long acknowledged;
    private boolean isGapTold;
    private boolean isAckDue;
    private boolean isLastHere;
    private boolean isTold;
    private volatile boolean stalled;

    /**
     * @param request whose path is the name in the folder
     * @param name that the client has asked for
     * @param announced size, 0 when it has told none
     * @param text in mode netascii
     * @param whenEnded may be run more than once
     */
    FileReceiver(
            BootRequest request,
            String name,
            long announced,
            Terms terms,
            int retries,
            Upload upload,
            Optional<NetAscii.Decoder> text,
            BootSide boot,
            Counters counters,
            Keeper keeper,
            Runnable whenEnded) {
        super(
                request.path(),
                request.remote(),
                new Backoff(terms.timeout(), terms.hasTimeout(), retries, new RoundTrip()),
                counters,
                whenEnded);
        this.request = request;
        this.name = name;
        this.announced = announced;
        this.terms = terms;
        this.upload = upload;
        this.text = text;
        this.boot = boot;
        this.keeper = keeper;
        this.whenEnded = whenEnded;
        this.resetNanos = 2 * terms.timeout().toNanos();
    }

    @Override
    void begun(Wire open) {
        transfer = Optional.of(boot.beginUpload(request, announced));
        acknowledge(open);
    }

    @Override
    boolean answer(Wire open, TftpPacket packet) {
        if (packet instanceof Data data) {
            received(open, data);
        } else {
            counters().add(Counters.Count.STRAY);
        }
        return false; // there may be more of its window
    }

    private void received(Wire open, Data data) {
        int ahead = (data.block() - (int) received) & NUMBERS;
        if (isTold || isLastHere) {
            if (isTold && ahead == 0) { // RFC 1350 section 6: the last ACK was lost
                acknowledge(open);
            }
        } else if (ahead == 1 && received - acknowledged < terms.windowSize()) { // who does not wait is not heard
            take(open, data);
        } else if (ahead == 0 && received == acknowledged && received > 0) {
            acknowledge(open); // it was lost: the client sends again what it was for
        } else if (ahead > 1 && ahead <= terms.windowSize() && !isGapTold) {
            // RFC 7440 section 4: the last block before the gap, from where the client goes on
            isGapTold = true;
            acknowledgeSoon(open);
        }
    }

    private void take(Wire open, Data data) {
        byte[] payload = data.payload();
        if (payload.length > terms.blockSize()) {
            counters().add(Counters.Count.MALFORMED);
            finish(Ending.refused(TftpErrorCode.ILLEGAL_OPERATION, "the client sent a block that is too large"));
            return;
        }
        received++;
        isGapTold = false;
        stalled = false;
        heardAt = System.nanoTime();
        backoff().reset();
        answered();
        isLastHere = payload.length < terms.blockSize();
        byte[] bytes = text.map(decoder -> decoder.decode(payload, isLastHere)).orElse(payload);
        try {
            keeper.grow(upload, length + bytes.length);
        } catch (IOException e) {
            finish(Ending.refused(TftpErrorCode.DISK_FULL, "disk full or allocation exceeded"));
            return;
        }
        length += bytes.length;
        gathered.write(bytes, 0, bytes.length);
        transfer.ifPresent(visible -> visible.sent(length));
        if (gathered.size() >= MOST_GATHERED || isLastHere) {
            write();
        }
        if (!isLastHere && received - acknowledged >= terms.windowSize()) {
            acknowledgeSoon(open);
        } else {
            awaitAnswer(open);
        }
    }

    /** At once, or when the disk has caught up. */
    private void acknowledgeSoon(Wire open) {
        isAckDue = gathered.size() + writing > MOST_UNWRITTEN;
        if (isAckDue) {
            awaitAnswer(open);
        } else {
            acknowledge(open);
        }
    }

    private void acknowledge(Wire open) {
        isAckDue = false;
        acknowledged = received;
        boolean isFirst = received == 0 && !terms.acknowledged().isEmpty();
        send(open, isFirst ? new OptionAck(terms.acknowledged()) : new Ack((int) (received & NUMBERS)));
        awaitAnswer(open);
    }

    /** One job at a time. */
    private void write() {
        if (writing > 0) {
            return;
        }
        byte[] chunk = gathered.toByteArray();
        gathered.reset();
        writing = Math.max(1, chunk.length);
        boolean isWhole = isLastHere;
        keeper.write(() -> {
            try {
                upload.write(chunk);
                String digest = isWhole ? upload.keep() : "";
                onLoop(() -> written(digest));
            } catch (IOException | RuntimeException e) {
                onLoop(() -> unwritten(e));
            }
        });
    }

    private void written(String digest) {
        writing = 0;
        if (isEnded()) {
            return;
        }
        if (!digest.isEmpty()) {
            onWire(open -> whole(open, digest));
            return;
        }
        if (gathered.size() >= MOST_GATHERED || isLastHere) {
            write();
        }
        if (isAckDue) {
            onWire(this::acknowledgeSoon);
        }
    }

    private void unwritten(Exception cause) {
        writing = 0;
        if (!isEnded()) {
            finish(Ending.unwritten(cause));
        }
    }

    /** The file is on the disk. Who acknowledges the last block stays a while: that ACK may be lost (RFC 1350 section 6). */
    private void whole(Wire open, String digest) {
        Ending ending = Ending.quiet(Outcome.COMPLETED, "'" + name + "', " + digest);
        tell(ending);
        acknowledge(open);
        if (!open.isDoor()) {
            whenEnded.run();
        }
        long dally = Math.min(LONGEST_DALLY, 5 * terms.timeout().toNanos());
        open.loop().schedule(() -> finish(ending), dally, TimeUnit.NANOSECONDS);
    }

    @Override
    Ending endedByClient(ErrorPacket error) {
        return Ending.byClient(error);
    }

    @Override
    void repeat(Wire open) {
        stalled = received > 0 && System.nanoTime() - heardAt >= resetNanos;
        acknowledge(open);
    }

    @Override
    String silence() {
        return received == 0 ? "no block has come" : "no block came after block " + received;
    }

    @Override
    boolean isStalled() {
        return stalled;
    }

    @Override
    boolean isOurTurn() {
        return isAckDue || isLastHere;
    }

    @Override
    void release() {
        if (!isTold) {
            keeper.write(() -> {
                try {
                    upload.discard();
                } catch (IOException e) {
                    LOG.debug("{} could not be removed", upload.part(), e);
                }
            });
        }
    }

    @Override
    void tell(Ending ending) {
        if (!isTold) {
            isTold = true;
            stalled = true;
            transfer.ifPresent(begun -> begun.end(ending.outcome(), ending.detail()));
            keeper.ended(transfer, ending, age());
        }
    }
}
