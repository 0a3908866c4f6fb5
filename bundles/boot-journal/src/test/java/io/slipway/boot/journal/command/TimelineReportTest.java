package io.slipway.boot.journal.command;

import static io.slipway.boot.journal.Events.FIRMWARE;
import static io.slipway.boot.journal.Events.MAC;
import static io.slipway.boot.journal.Events.OTHER;
import static io.slipway.boot.journal.Events.at;
import static io.slipway.boot.journal.Events.sent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.BootEvent;
import io.slipway.boot.BootEvent.Step;
import io.slipway.boot.journal.Timeline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimelineReportTest {

    /** Events that are there, then batches of events that come, then an interruption. */
    private static final class FakeTimeline implements Timeline {
        private final List<BootEvent> events = new ArrayList<>();
        private final Deque<List<BootEvent>> coming = new ArrayDeque<>();
        private int capacity = Integer.MAX_VALUE;

        @Override
        public Slice after(long number, Duration patience) throws InterruptedException {
            if (!patience.isZero()) {
                if (coming.isEmpty()) {
                    throw new InterruptedException("Ctrl-C");
                }
                events.addAll(coming.poll());
            }
            int from = Math.max((int) number, events.size() - capacity);
            return new Slice(List.copyOf(events.subList(from, events.size())), events.size(), from - number);
        }

        @Override
        public List<BootEvent> events() {
            return List.copyOf(events);
        }
    }

    private final FakeTimeline timeline = new FakeTimeline();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    private final TimelineReport report = new TimelineReport(timeline, stream, stream);

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void twoBoots() {
        timeline.events.addAll(List.of(
                at(0, MAC, Step.DISCOVER, FIRMWARE),
                sent(1, MAC, "/pxelinux.0", 43_008, Duration.ofMillis(30)),
                at(100, MAC, Step.DISCOVER, FIRMWARE),
                at(101, MAC, Step.OFFER, "192.0.2.10")));
    }

    @Test
    void theLatestBootOfAMachineIsShown() {
        twoBoots();
        report.boots(MAC.toString(), 1);
        List<String> lines = printed().lines().toList();
        assertEquals(4, lines.size(), printed());
        assertTrue(lines.get(0).startsWith("Boot of " + MAC + ", begun 2026-11-01 "), lines.get(0));
        assertEquals("   +1.000 s  OFFER                                   192.0.2.10", lines.get(3));
        report.boots(MAC.toString(), 2);
        assertTrue(printed().contains("/pxelinux.0"));
    }

    @Test
    void aMachineWithoutABootIsSaidToHaveNone() {
        report.boots(OTHER.toString(), 1);
        assertEquals(
                "No boot of 52:54:00:00:00:02 is in the journal.", printed().strip());
    }

    @Test
    void theSummaryHasALineForEachBoot() {
        twoBoots();
        report.summary(Integer.MAX_VALUE);
        assertTrue(printed().contains("42.0 KiB") && printed().contains("OFFER"), printed());
        bytes.reset();
        report.summary(1);
        assertTrue(!printed().contains("42.0 KiB") && printed().contains("OFFER"), printed());
    }

    @Test
    void followingPrintsWhatComesUntilItIsInterrupted() {
        twoBoots();
        timeline.coming.add(List.of(at(101.5, MAC, Step.REQUEST, "asks"), at(102, OTHER, Step.DISCOVER, FIRMWARE)));
        timeline.coming.add(List.of());
        timeline.coming.add(List.of(at(102.25, MAC, Step.ACK, "192.0.2.10")));
        InterruptedException end =
                assertThrows(InterruptedException.class, () -> report.follow(Optional.of(MAC.toString()), 0));
        assertEquals("Ctrl-C", end.getMessage());
        List<String> lines = printed().lines().toList();
        assertEquals(4, lines.size(), printed());
        assertTrue(lines.get(2).contains("+1.500 s  REQUEST"), "the time counts from the boot's first packet");
        assertTrue(lines.get(3).contains("+2.250 s  ACK"));
    }

    @Test
    void followingAllSaysWhichMachineSpeaks() {
        timeline.coming.add(List.of(
                at(0, MAC, Step.DISCOVER, FIRMWARE),
                at(1, OTHER, Step.DISCOVER, FIRMWARE),
                at(2, MAC, Step.OFFER, "192.0.2.10")));
        assertThrows(InterruptedException.class, () -> report.follow(Optional.empty(), 0));
        assertEquals(
                3, printed().lines().filter(line -> line.startsWith("Boot of ")).count(), printed());
    }

    @Test
    void followingForgetsWhatTheJournalForgot() {
        timeline.capacity = 100;
        timeline.coming.add(List.of(at(0, MAC, Step.DISCOVER, FIRMWARE)));
        BootEvent noise = at(1, OTHER, Step.DROP, "malformed");
        for (int i = 0; i <= TimelineReport.MOST_FOLLOWED; i += 100) {
            timeline.coming.add(Collections.nCopies(100, noise));
        }
        timeline.coming.add(List.of(at(5, MAC, Step.REQUEST, "asks")));
        timeline.coming.add(List.of(at(6, MAC, Step.ACK, "192.0.2.10")));
        assertThrows(InterruptedException.class, () -> report.follow(Optional.of(MAC.toString()), 0));
        List<String> lines = printed().lines().toList();
        assertEquals(
                2, lines.stream().filter(line -> line.startsWith("Boot of ")).count(), printed());
        assertTrue(lines.get(lines.size() - 1).contains("+1.000 s  ACK"), printed());
    }

    @Test
    void followingEndsWhenNobodyReads() throws Exception {
        for (int i = 0; i < 100; i++) {
            timeline.coming.add(List.of(at(i, MAC, Step.DHCP, "x")));
        }
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("channel closed");
            }
        };
        PrintStream closedStream = new PrintStream(closed, false, StandardCharsets.UTF_8);
        new TimelineReport(timeline, closedStream, closedStream).follow(Optional.empty(), 0);
        assertEquals(99, timeline.coming.size());
    }
}
