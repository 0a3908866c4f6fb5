package io.slipway.tftp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.tftp.server.SendWindow.Progress;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendWindowTest {

    /** Of one round trip, in the window's own time. */
    private static final long ROUND = 1000;

    private long now;

    private SendWindow window(long lastBlock, int size) {
        SendWindow window = new SendWindow(lastBlock, size, true, new RoundTrip());
        send(window);
        now += ROUND;
        assertEquals(Progress.FORWARD, window.acknowledged(0, now));
        return window;
    }

    /** Sends what may be sent, and tells up to which block. */
    private long send(SendWindow window) {
        while (window.hasMore()) {
            window.sent(window.burst(), now);
        }
        return window.sent();
    }

    private Progress acknowledged(SendWindow window, long block) {
        now += ROUND;
        return window.acknowledged((int) (block & 0xffff), now);
    }

    @Test
    void theOackStandsAlone() {
        SendWindow window = new SendWindow(100, 16, true, new RoundTrip());
        assertEquals(0, send(window));
        assertEquals(Progress.FORWARD, acknowledged(window, 0));
        assertEquals(16, send(window));
    }

    @Test
    void aWindowIsSentWithEachAck() {
        SendWindow window = window(10, 4);
        assertEquals(4, window.burst());
        assertEquals(4, send(window));
        assertEquals(Progress.FORWARD, acknowledged(window, 4));
        assertEquals(8, send(window));
        assertEquals(Progress.FORWARD, acknowledged(window, 8));
        assertEquals(10, send(window));
        assertEquals(Progress.COMPLETE, acknowledged(window, 10));
    }

    @Test
    void anAckWithinTheWindowTakesItBack() {
        SendWindow window = window(100, 8);
        send(window);
        assertEquals(Progress.FORWARD, acknowledged(window, 3));
        assertEquals(3, window.sent());
        assertEquals(4, window.burst(), "half a window, then a pause");
        assertEquals(11, send(window));
    }

    @Test
    void burstsGrowAgain() {
        SendWindow window = window(1000, 8);
        send(window);
        acknowledged(window, 3);
        long block = 3;
        for (int burst = 4; burst <= 8; burst++) {
            assertEquals(burst, window.burst());
            block = send(window);
            acknowledged(window, block);
        }
        assertEquals(8, window.burst());
    }

    @Test
    void inLockStepARepeatedAckSendsNothing() {
        SendWindow window = window(100, 1);
        send(window);
        assertEquals(Progress.FORWARD, acknowledged(window, 1));
        send(window);
        for (int i = 0; i < 3; i++) {
            assertEquals(Progress.NONE, acknowledged(window, 1));
        }
        assertEquals(2, window.sent());
    }

    @Test
    void inAWindowARepeatedAckIsBelievedOnce() {
        SendWindow window = window(100, 8);
        send(window);
        assertEquals(Progress.FORWARD, acknowledged(window, 8));
        send(window);
        assertEquals(Progress.FORWARD, acknowledged(window, 8));
        assertEquals(8, window.sent());
        send(window);
        assertEquals(Progress.NONE, acknowledged(window, 8));
        assertEquals(Progress.NONE, acknowledged(window, 8));
        assertEquals(16, window.sent());
    }

    @Test
    void anAckThatCrossesTheWindowSendsNothing() {
        SendWindow window = window(100, 8);
        send(window);
        acknowledged(window, 8);
        send(window);
        now += ROUND / 2;
        assertEquals(Progress.NONE, window.acknowledged(8, now));
        assertEquals(16, window.sent());
    }

    @Test
    void acksOfThePastAndTheFutureAreIgnored() {
        SendWindow window = window(100, 8);
        send(window);
        acknowledged(window, 8);
        send(window);
        for (long block : new long[] {7, 0, 17, 100, 65535, 40_000}) {
            assertEquals(Progress.NONE, acknowledged(window, block), "block " + block);
        }
        assertEquals(16, window.sent());
    }

    @Test
    void silenceSendsTheWindowAgainInSmallerBursts() {
        SendWindow window = window(100, 8);
        send(window);
        window.silence();
        assertEquals(4, window.burst());
        window.silence();
        window.silence();
        window.silence();
        assertEquals(1, window.burst());
        window.sent(1, now);
        assertTrue(window.hasMore());
        assertEquals(8, send(window));
        assertFalse(window.hasMore());
    }

    @Test
    void aRepeatedSendingMeasuresNothing() {
        RoundTrip roundTrip = new RoundTrip();
        SendWindow window = new SendWindow(10, 1, true, roundTrip);
        window.sent(1, 0);
        window.silence();
        window.sent(1, 1000);
        window.acknowledged(0, 1001);
        assertEquals(Long.MAX_VALUE, roundTrip.shortest());
    }

    /** Whatever is lost, doubled and late, the client gets every block, and the numbers wrap thrice. */
    @ParameterizedTest
    @CsvSource({"1, 1, 0", "2, 7, 0.05", "3, 64, 0.05", "4, 16, 0.3", "5, 1000, 0.01", "6, 1, 0.2"})
    void everyBlockArrives(long seed, int size, double lost) {
        Random random = new Random(seed);
        long lastBlock = 200_000;
        SendWindow window = new SendWindow(lastBlock, size, true, new RoundTrip());
        Deque<Long> acks = new ArrayDeque<>();
        long received = -1;
        int unacknowledged = 0;
        boolean isGapTold = false;
        Progress progress = Progress.FORWARD;
        long steps = 0;
        while (progress != Progress.COMPLETE) {
            assertTrue(++steps < 10_000_000, "no end; block " + received);
            now += ROUND;
            while (window.hasMore()) {
                long first = window.sent() + 1;
                int count = window.burst();
                window.sent(count, now);
                for (long block = first; block < first + count; block++) {
                    if (random.nextDouble() < lost) {
                        continue;
                    }
                    if (block == received + 1) {
                        received++;
                        isGapTold = false;
                        if (++unacknowledged == size || received == lastBlock || received == 0) {
                            unacknowledged = 0;
                            acks.add(received);
                        }
                    } else if (!isGapTold) {
                        isGapTold = size > 1;
                        unacknowledged = 0;
                        acks.add(received);
                    }
                }
            }
            if (acks.isEmpty()) { // both wait: both say where they are
                window.silence();
                isGapTold = false;
                continue;
            }
            long ack = acks.remove();
            if (random.nextDouble() >= lost) {
                progress = window.acknowledged((int) (ack & 0xffff), now);
            }
            if (random.nextDouble() < lost) {
                acks.add(ack);
            }
        }
        assertEquals(lastBlock, received);
    }

    /** Something that arrives: a block at the client, or an ACK at the server. */
    private record Arrival(long at, long order, boolean isAck, long block) {}

    /**
     * A network with a delay, loss and disorder, and a client that tells each gap: no flight of blocks begets another for
     * ever, so that what is sent stays within a small multiple of the file.
     */
    @ParameterizedTest
    @CsvSource({"1, 8, 0.05, 0.05", "2, 16, 0.05, 0.05", "3, 4, 0.02, 0.2", "4, 64, 0.01, 0.01", "5, 8, 0, 0.3"})
    void whatIsSentStaysWithinBounds(long seed, int size, double lost, double late) {
        Random random = new Random(seed);
        long lastBlock = 20_000;
        SendWindow window = new SendWindow(lastBlock, size, true, new RoundTrip());
        PriorityQueue<Arrival> network =
                new PriorityQueue<>(Comparator.comparingLong(Arrival::at).thenComparingLong(Arrival::order));
        long received = -1;
        int unacknowledged = 0;
        boolean isGapTold = false;
        long blocks = 0;
        long sequence = 0;
        long quietSince = 0;
        Progress progress = Progress.FORWARD;
        while (progress != Progress.COMPLETE) {
            while (progress == Progress.FORWARD && window.hasMore()) {
                long first = window.sent() + 1;
                int count = window.burst();
                window.sent(count, now);
                blocks += count;
                for (long block = first; block < first + count; block++) {
                    travel(network, random, lost, late, new Arrival(now, sequence++, false, block));
                }
            }
            if (network.isEmpty() || network.peek().at() > quietSince + 100 * ROUND) {
                now = quietSince = Math.max(now, quietSince + 100 * ROUND);
                window.silence();
                isGapTold = false;
                progress = Progress.FORWARD;
                continue;
            }
            Arrival arrival = network.remove();
            now = arrival.at();
            progress = Progress.NONE;
            if (arrival.isAck()) {
                progress = window.acknowledged((int) (arrival.block() & 0xffff), now);
                quietSince = progress == Progress.NONE ? quietSince : now;
                continue;
            }
            boolean isInTurn = arrival.block() == received + 1;
            if (isInTurn) {
                received++;
                isGapTold = false;
                unacknowledged++;
            }
            boolean isFull = isInTurn && (unacknowledged == size || received == lastBlock || received == 0);
            if (isFull || (!isInTurn && !isGapTold)) {
                isGapTold = !isInTurn;
                unacknowledged = 0;
                travel(network, random, lost, late, new Arrival(now, sequence++, true, received));
            }
        }
        assertEquals(lastBlock, received);
        assertTrue(blocks < 4 * lastBlock, blocks + " blocks sent for " + lastBlock);
    }

    private static void travel(
            PriorityQueue<Arrival> network, Random random, double lost, double late, Arrival departure) {
        if (random.nextDouble() >= lost) {
            long delay = ROUND / 2 + (random.nextDouble() < late ? 2 * ROUND : 0);
            network.add(new Arrival(departure.at() + delay, departure.order(), departure.isAck(), departure.block()));
        }
    }
}
