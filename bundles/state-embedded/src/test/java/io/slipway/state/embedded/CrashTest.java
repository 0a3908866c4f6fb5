package io.slipway.state.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.state.Key;
import io.slipway.state.Transaction;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random transactions, a disk that fails now and then, and a power cut or a kill at a random operation, life after
 * life: all that was acknowledged is there, in order, and no group is half there. A run is repeatable by its seed.
 */
class CrashTest {

    private static final Limits LIMITS =
            new Limits(16, 16, 3000, 10_000, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(2));

    /** Every state that the disk may show after a stop; the first is that of all acknowledged transactions. */
    private List<Model> possible = List.of(Model.EMPTY);

    private ForgetfulFolder folder;
    private Random random;
    private int groups;
    private int failures;
    private LiveRecords live;

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsAcknowledgedSurvivesPowerCuts(long seed) throws IOException {
        live(seed, 0);
        assertTrue(groups > 0);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsAcknowledgedSurvivesAFailingDiskAndPowerCuts(long seed) throws IOException {
        live(seed, 8);
        assertTrue(failures > 0);
    }

    private void live(long seed, int failPercent) throws IOException {
        random = new Random(seed);
        folder = new ForgetfulFolder(random);
        for (int life = 0; life < 12; life++) {
            folder.stopAfter(random.nextInt(150));
            folder.failWhen(operation -> random.nextInt(100) < failPercent);
            try {
                oneLife();
            } catch (IOException e) {
                failures++;
            }
            folder = random.nextInt(3) == 0 ? folder.afterKill() : folder.afterPowerCut();
        }
        folder.stopAfter(Integer.MAX_VALUE);
        folder.failWhen(operation -> false);
        recover().close();
        assertFalse(folder.has(StateLog.NAME + ".damaged"), "a crash is not damage");
    }

    /** What is read is one of the states that were possible; it is the only one as soon as it is on the disk again. */
    private StateLog recover() throws IOException {
        live = new LiveRecords(LIMITS.watchBacklog());
        StateLog log = LogRecovery.open(folder, LIMITS, live);
        Model recovered = Model.of(live);
        assertTrue(possible.contains(recovered), () -> recovered + "\nis none of\n" + possible);
        List<Model> now = new ArrayList<>(List.of(recovered));
        now.addAll(log.isTrusted() ? List.of() : possible);
        possible = now;
        return log;
    }

    private void oneLife() throws IOException {
        StateLog log = recover();
        GroupCommit commit = new GroupCommit("test", log, live, () -> {});
        int left = random.nextInt(40);
        while (!folder.isStopped() && left-- > 0) {
            commitGroup(commit);
        }
        if (random.nextBoolean()) {
            log.close();
        }
    }

    private void commitGroup(GroupCommit commit) {
        List<Pending> group = IntStream.range(0, 1 + random.nextInt(5))
                .mapToObj(i -> new Pending(transaction()))
                .toList();
        commit.run(group);
        groups++;
        // What was refused for want of space was never in the group.
        List<Pending> taken =
                group.stream().filter(pending -> !isRefused(pending)).toList();
        failures += group.size() - taken.size();
        Model after = possible.get(0);
        List<Boolean> expected = new ArrayList<>();
        for (Pending pending : taken) {
            Optional<Model> next = after.after(pending.transaction());
            expected.add(next.isPresent());
            after = next.orElse(after);
        }
        if (taken.stream().anyMatch(pending -> pending.outcome().isCompletedExceptionally())) {
            failures++;
            assertTrue(taken.stream().allMatch(pending -> pending.outcome().isCompletedExceptionally()));
            List<Model> more = new ArrayList<>(possible);
            more.add(after);
            possible = more;
        } else {
            assertEquals(
                    expected,
                    taken.stream().map(pending -> pending.outcome().join()).toList());
            // A group that wrote nothing did not touch the disk: what was uncertain before it still is.
            possible = after.equals(possible.get(0)) ? possible : List.of(after);
        }
        assertEquals(possible.get(0), Model.of(live), "what is visible is what was acknowledged");
    }

    private static boolean isRefused(Pending pending) {
        return pending.outcome()
                .handle((done, failure) ->
                        failure != null && failure.getMessage().contains("no space for a new record"))
                .join();
    }

    private Transaction transaction() {
        Transaction.Builder builder = Transaction.builder();
        if (random.nextInt(4) == 0) {
            builder.ifAbsent(key(random.nextInt(12)));
        }
        if (random.nextInt(4) == 0) {
            Key key = key(random.nextInt(12));
            live.get(key).ifPresent(entry -> builder.ifAtRevision(key, entry.revision()));
        }
        int first = random.nextInt(12);
        for (int i = 0; i < random.nextInt(4); i++) {
            if (random.nextInt(4) == 0) {
                builder.delete(key(first + i));
            } else {
                builder.write(key(first + i), value());
            }
        }
        return builder.build();
    }

    private static Key key(int number) {
        return Key.of("crash", "" + number);
    }

    /** Zeroes, too: they look like space that was never written. */
    private byte[] value() {
        byte[] value = new byte[random.nextInt(8) == 0 ? random.nextInt(3000) : random.nextInt(200)];
        if (random.nextInt(3) > 0) {
            random.nextBytes(value);
        }
        return value;
    }
}
