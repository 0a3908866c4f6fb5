package io.slipway.boot.journal;

import io.slipway.boot.BootEvent;
import io.slipway.boot.BootEvent.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One boot of one machine: its events, at least one. Grows; not safe for use by many threads. */
public final class Boot {

    /** After so long a silence a DISCOVER begins a boot, whoever says it. */
    private static final Duration SILENCE = Duration.ofMinutes(10);

    /** Firmware that got no answer repeats its DISCOVER within this time (RFC 2131 section 4.1: up to 64 s, less). */
    private static final Duration REPEAT = Duration.ofSeconds(60);

    private final String machine;
    private final List<BootEvent> events = new ArrayList<>();

    Boot(String machine, BootEvent first) {
        this.machine = machine;
        events.add(first);
    }

    void add(BootEvent event) {
        events.add(event);
    }

    /**
     * Whether an event of this machine begins another boot. Only a DISCOVER does: after a long silence; or when it
     * reads as the first one of this boot did, so that the same firmware speaks, and either a file was sent since or
     * more time has passed than between repetitions. One that reads otherwise is a later stage: a loader, an installer.
     */
    boolean isOverWith(BootEvent event) {
        if (event.step() != Step.DISCOVER) {
            return false;
        }
        Duration pause = Duration.between(last().time(), event.time());
        if (pause.compareTo(SILENCE) >= 0) {
            return true;
        }
        Optional<BootEvent> first =
                events.stream().filter(past -> past.step() == Step.DISCOVER).findFirst();
        boolean isSameVoice = first.map(BootEvent::detail).equals(Optional.of(event.detail()));
        return isSameVoice && (files() > 0 || pause.compareTo(REPEAT) > 0);
    }

    /** The MAC; the address of a machine of which the MAC is not known. */
    public String machine() {
        return machine;
    }

    /** When its first packet came. */
    public Instant began() {
        return events.get(0).time();
    }

    public BootEvent last() {
        return events.get(events.size() - 1);
    }

    /** The events so far, without the beginnings of transfers that have ended. */
    public List<BootEvent> steps() {
        List<BootEvent> steps = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            BootEvent event = events.get(i);
            if (event.step() != Step.FILE_BEGUN || !isEnded(event.detail(), events.subList(i + 1, events.size()))) {
                steps.add(event);
            }
        }
        return steps;
    }

    private static boolean isEnded(String path, List<BootEvent> later) {
        return later.stream()
                .filter(event -> event.step() == Step.FILE_SENT
                        || event.step() == Step.FILE_PROBED
                        || event.step() == Step.FILE_FAILED)
                .anyMatch(event -> event.detail().equals(path) || event.detail().startsWith(path + ": "));
    }

    /** How many files were sent whole. */
    public long files() {
        return events.stream().filter(event -> event.step() == Step.FILE_SENT).count();
    }

    /** The bytes of the files that were sent whole. */
    public long bytes() {
        return events.stream()
                .filter(event -> event.step() == Step.FILE_SENT)
                .mapToLong(event -> event.bytes().orElse(0))
                .sum();
    }
}
