package io.slipway.boot.journal;

import io.slipway.boot.BootEvent;
import java.time.Duration;
import java.util.List;

/** What the journal remembers, to be read from the shell. Safe for use by many threads. */
public interface Timeline {

    /** Comes before the first event. */
    long BEGINNING = 0;

    /**
     * Events in order.
     *
     * @param last the number of the last of them, or where the reader was when there is none
     * @param lost how many events after where the reader was are remembered no more
     */
    record Slice(List<BootEvent> events, long last, long lost) {}

    /**
     * The events after a number.
     *
     * @param patience how long to wait for one; zero does not wait
     */
    Slice after(long number, Duration patience) throws InterruptedException;

    /** All that is remembered. */
    List<BootEvent> events();
}
