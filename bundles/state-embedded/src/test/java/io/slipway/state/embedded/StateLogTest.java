package io.slipway.state.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.state.Key;
import io.slipway.state.Transaction;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How large the file is. */
class StateLogTest {

    private static final int RESERVE = 4096;
    private static final int COMPACT_ABOVE = 50_000;

    private final ForgetfulFolder folder = new ForgetfulFolder(new Random(1));
    private final Limits limits =
            new Limits(16, 16, RESERVE, COMPACT_ABOVE, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(2));
    private final LiveRecords live = new LiveRecords(16);
    private final StateLog log = open();

    private StateLog open() {
        try {
            return LogRecovery.open(folder, limits, live);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private int size() {
        return folder.content(StateLog.NAME).length;
    }

    private void put(Key key, int bytes) {
        Pending pending = new Pending(Transaction.put(key, new byte[bytes]));
        new GroupCommit("test", log, live, () -> {}).run(List.of(pending));
        assertTrue(pending.outcome().join());
    }

    @Test
    void theFileGrowsByLiveRecordsAndNotByHistory() throws IOException {
        for (int i = 0; i < 5000; i++) {
            put(Key.of("size", "" + i % 10), 100);
            assertTrue(size() <= COMPACT_ABOVE + 2 * RESERVE, "size " + size() + " after " + i);
        }
        log.close();
        LiveRecords recovered = new LiveRecords(16);
        LogRecovery.open(folder, limits, recovered);
        assertEquals(Model.of(live), Model.of(recovered));
    }

    @Test
    void aLogOfLiveRecordsOnlyIsNotRewrittenOverAndOver() throws IOException {
        int rewritten = 0;
        String header = "";
        for (int i = 0; i < 2000; i++) {
            put(Key.of("size", "" + i), 100);
            String now = new String(folder.content(StateLog.NAME), 0, LogFormat.FILE_HEADER, "ISO-8859-1");
            rewritten += now.equals(header) ? 0 : 1;
            header = now;
        }
        assertTrue(rewritten < 5, rewritten + " files");
        assertTrue(live.bytes() > 4 * COMPACT_ABOVE);
    }

    @Test
    void whatIsDeletedIsGoneFromTheFile() throws IOException {
        for (int i = 0; i < 1000; i++) {
            put(Key.of("size", "" + i), 100);
        }
        for (int i = 0; i < 1000; i++) {
            Pending pending = new Pending(
                    Transaction.builder().delete(Key.of("size", "" + i)).build());
            new GroupCommit("test", log, live, () -> {}).run(List.of(pending));
        }
        assertEquals(0, live.bytes());
        assertTrue(size() <= COMPACT_ABOVE + 2 * RESERVE);
        assertEquals(2000, live.revision());
        log.close();
        LiveRecords recovered = new LiveRecords(16);
        LogRecovery.open(folder, limits, recovered);
        assertEquals(2000, recovered.revision());
    }

    @Test
    void aFrameNeverReachesToTheEndOfTheFile() {
        Key key = Key.of("size", "exact");
        put(key, RESERVE - LogFormat.FRAME_HEADER - (int) FrameBuffer.sizeOf(key, 0));
        assertTrue(size() > LogFormat.FILE_HEADER + RESERVE);
    }

    @Test
    void aClosedLogReservesNothing() throws IOException {
        put(Key.of("size", "one"), 100);
        log.close();
        int frame = LogFormat.FRAME_HEADER + (int) FrameBuffer.sizeOf(Key.of("size", "one"), 100);
        assertEquals(LogFormat.FILE_HEADER + frame, size());
    }

    @Test
    void aFrameHoldsTheLargestGroup() {
        FrameBuffer frame = new FrameBuffer();
        Key longest = new Key("k".repeat(Key.MAX_LENGTH));
        while (frame.payloadBytes() < LogFormat.GROUP_BYTES) {
            frame.add(1, longest, Optional.of(new byte[100]));
        }
        for (int i = 0; i < Transaction.MAX_WRITES; i++) {
            frame.add(1, longest, Optional.of(new byte[Transaction.MAX_VALUE]));
        }
        assertEquals(
                frame.payloadBytes() + LogFormat.FRAME_HEADER, frame.seal(1, 2).remaining());
    }
}
