package io.slipway.boot.journal;

import static io.slipway.boot.journal.Events.MAC;
import static io.slipway.boot.journal.Events.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.BootEvent;
import io.slipway.boot.BootEvent.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RingJournalTest {

    private final RingJournal journal = new RingJournal(new RingJournal.Settings(100));

    @AfterEach
    void close() {
        journal.close();
    }

    private static BootEvent event(int number) {
        return at(number, MAC, Step.DHCP, Integer.toString(number));
    }

    @Test
    void theLatestEventsAreRemembered() {
        for (int i = 1; i <= 250; i++) {
            journal.record(event(i));
        }
        List<BootEvent> events = journal.events();
        assertEquals(100, events.size());
        assertEquals("151", events.get(0).detail());
        assertEquals("250", events.get(99).detail());
    }

    @Test
    void aReaderIsToldWhatItMissed() throws Exception {
        for (int i = 1; i <= 150; i++) {
            journal.record(event(i));
        }
        Timeline.Slice slice = journal.after(20, Duration.ZERO);
        assertEquals(30, slice.lost());
        assertEquals(150, slice.last());
        assertEquals("51", slice.events().get(0).detail());
        assertEquals(new Timeline.Slice(List.of(), 150, 0), journal.after(150, Duration.ofMillis(1)));
    }

    @Test
    void listenersAreToldInOrderAndABrokenOneStopsNobody() throws Exception {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        journal.listeners = List.of(
                event -> {
                    throw new IllegalStateException("bug");
                },
                event -> told.add(event.detail()));
        journal.open();
        for (int i = 1; i <= 50; i++) {
            journal.record(event(i));
        }
        for (int i = 1; i <= 50; i++) {
            assertEquals(Integer.toString(i), told.poll(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void recordingDoesNotWaitForAListener() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        journal.listeners = List.of(event -> {
            reached.countDown();
            try {
                assertTrue(gate.await(10, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            told.add(event.detail());
        });
        journal.open();
        journal.record(event(0));
        assertTrue(reached.await(10, TimeUnit.SECONDS));
        for (int i = 1; i <= 1000; i++) {
            journal.record(event(i));
        }
        gate.countDown();
        List<String> all = new ArrayList<>();
        while (!all.contains("1000")) {
            String next = told.poll(10, TimeUnit.SECONDS);
            assertTrue(next != null, "not told of the last: " + all);
            all.add(next);
        }
        assertEquals("0", all.get(0));
        assertEquals("901", all.get(1), "what fell out of the ring is not told");
    }

    @Test
    void aListenerThatSwallowsTheInterruptDoesNotKeepTheThread() throws Exception {
        BlockingQueue<Thread> tellers = new LinkedBlockingQueue<>();
        journal.listeners = List.of(event -> {
            tellers.add(Thread.currentThread());
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.interrupted();
            }
        });
        journal.open();
        journal.record(event(1));
        Thread teller = tellers.poll(10, TimeUnit.SECONDS);
        journal.close();
        teller.join(10_000);
        assertFalse(teller.isAlive());
    }

    @Test
    void aBrokenSettingIsRefused() {
        for (String wrong : List.of("0", "many", "")) {
            String message = assertThrows(IllegalArgumentException.class, () -> RingJournal.Settings.of(wrong))
                    .getMessage();
            assertEquals("etc/io.slipway.boot.journal.cfg: events = " + wrong + "; expected 1 to 10000000", message);
        }
        assertEquals(new RingJournal.Settings(16), RingJournal.Settings.of(" 16 "));
    }
}
