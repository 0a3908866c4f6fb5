package io.slipway.state.embedded;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.state.Key;
import io.slipway.state.Transaction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is made of files that did not end in order. */
class RecoveryTest {

    private static final String DAMAGED = StateLog.NAME + ".damaged";
    private static final int GROUPS = 5;

    /** Where each group's frame begins in the closed log; at last, where the file ends. */
    private final List<Integer> frames = new ArrayList<>();

    private final Random random = new Random(1);
    private ForgetfulFolder folder = new ForgetfulFolder(random);
    private byte[] log;

    @BeforeEach
    void writeLog() throws IOException {
        LiveRecords live = new LiveRecords(16);
        StateLog written = LogRecovery.open(folder, Limits.DEFAULT, live);
        GroupCommit commit = new GroupCommit("test", written, live, () -> {});
        frames.add(LogFormat.FILE_HEADER);
        for (int i = 0; i < GROUPS; i++) {
            Pending pending = new Pending(Transaction.put(key(i), new byte[] {1, 2, 3, (byte) i}));
            commit.run(List.of(pending));
            assertTrue(pending.outcome().join());
            frames.add(frames.get(i) + LogFormat.FRAME_HEADER + (int) FrameBuffer.sizeOf(key(i), 4));
        }
        written.close();
        log = folder.content(StateLog.NAME);
        assertEquals(frames.get(GROUPS), log.length);
    }

    private static Key key(int number) {
        return Key.of("recovery", "" + number);
    }

    /** Opens a folder with this log; says how many groups are there, after another one was committed on top. */
    private int groupsIn(byte[] content) throws IOException {
        folder = new ForgetfulFolder(random);
        folder.place(StateLog.NAME, content);
        int groups = open(false);
        assertEquals(groups + 1, open(true), "what was committed after the recovery");
        return groups;
    }

    private int open(boolean hasOneMore) throws IOException {
        LiveRecords live = new LiveRecords(16);
        StateLog opened = LogRecovery.open(folder, Limits.DEFAULT, live);
        int groups = 0;
        while (live.get(key(groups)).isPresent()) {
            groups++;
        }
        if (!hasOneMore) {
            Pending more = new Pending(Transaction.put(key(groups), new byte[100]));
            new GroupCommit("test", opened, live, () -> {}).run(List.of(more));
            assertTrue(more.outcome().join());
            assertTrue(live.revision() > (folder.has(DAMAGED) ? GROUPS - 1 : groups), "a new revision");
        }
        opened.close();
        return groups;
    }

    private byte[] flipped(byte[] content, int position) {
        byte[] flipped = content.clone();
        flipped[position] ^= 0x40;
        return flipped;
    }

    @Test
    void aLogThatWasClosedInOrderIsWhole() throws IOException {
        assertEquals(GROUPS, groupsIn(log));
    }

    @Test
    void reservedSpaceIsTheNormalEnd() throws IOException {
        assertEquals(GROUPS, groupsIn(Arrays.copyOf(log, log.length + 5000)));
        assertFalse(folder.has(DAMAGED));
    }

    @Test
    void aTornLastWriteIsCutOffWhereverItTore() throws IOException {
        int last = frames.get(GROUPS - 1);
        for (int length = last; length < log.length; length++) {
            byte[] torn = Arrays.copyOf(Arrays.copyOf(log, length), log.length + 100);
            // The last byte written is no zero, so every shorter frame is torn.
            assertEquals(GROUPS - 1, groupsIn(torn), "torn at " + length);
            assertFalse(folder.has(DAMAGED));
        }
    }

    @Test
    void garbageInReservedSpaceIsCutOff() throws IOException {
        byte[] garbage = Arrays.copyOf(log, log.length + 700);
        for (int i = log.length; i < garbage.length - 100; i++) {
            garbage[i] = (byte) random.nextInt(256);
        }
        assertEquals(GROUPS, groupsIn(garbage));
        assertFalse(folder.has(DAMAGED));
    }

    @Test
    void damageInTheMiddleKeepsWhatIsBeforeItAndTheFile() throws IOException {
        for (int position = frames.get(2); position < frames.get(3); position++) {
            byte[] damaged = flipped(Arrays.copyOf(log, log.length + 100), position);
            assertEquals(2, groupsIn(damaged), "damaged at " + position);
            assertArrayEquals(damaged, folder.content(DAMAGED));
        }
    }

    @Test
    void aLegibleRevisionBehindDamageIsNotUsedAgain() throws IOException {
        folder = new ForgetfulFolder(random);
        folder.place(StateLog.NAME, flipped(log, frames.get(1) + 30));
        LiveRecords live = new LiveRecords(16);
        LogRecovery.open(folder, Limits.DEFAULT, live);
        assertEquals(GROUPS, live.revision());
    }

    @Test
    void lossOfTheEndIsDamage() throws IOException {
        for (int length = frames.get(GROUPS - 1) + 1; length < log.length; length++) {
            assertEquals(GROUPS - 1, groupsIn(Arrays.copyOf(log, length)), "cut at " + length);
            assertTrue(folder.has(DAMAGED), "cut at " + length);
        }
    }

    @Test
    void aChangeInTheLastWriteOfAClosedLogIsDamage() throws IOException {
        assertEquals(GROUPS - 1, groupsIn(flipped(log, log.length - 1)));
        assertTrue(folder.has(DAMAGED));
    }

    @Test
    void everyDamagedFileIsKept() throws IOException {
        folder = new ForgetfulFolder(random);
        folder.place(DAMAGED, new byte[] {1});
        folder.place(DAMAGED + ".2", new byte[] {2});
        byte[] damaged = flipped(log, frames.get(1));
        folder.place(StateLog.NAME, damaged);
        open(false);
        assertArrayEquals(new byte[] {1}, folder.content(DAMAGED));
        assertArrayEquals(damaged, folder.content(DAMAGED + ".3"));
    }

    @Test
    void aHalfWrittenNewLogIsForgotten() throws IOException {
        folder.place(StateLog.NEW_NAME, new byte[] {1, 2, 3});
        assertEquals(GROUPS, open(false));
        assertFalse(folder.has(StateLog.NEW_NAME));
    }

    @Test
    void aFileThatIsNoLogIsLeftAlone() {
        assertRefused(new byte[0], "does not begin like one");
        assertRefused(new byte[100], "does not begin like one");
        assertRefused(flipped(log, 20), "header is damaged");
        assertRefused(flipped(log, 11), "has format 65, expected 1");
    }

    private void assertRefused(byte[] content, String reason) {
        folder.place(StateLog.NAME, content);
        IOException refused =
                assertThrows(IOException.class, () -> LogRecovery.open(folder, Limits.DEFAULT, new LiveRecords(16)));
        assertTrue(refused.getMessage().contains(reason), refused.getMessage());
        assertTrue(refused.getMessage().contains("memory/state.log"), refused.getMessage());
        assertArrayEquals(content, folder.content(StateLog.NAME));
    }
}
