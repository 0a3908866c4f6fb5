package io.slipway.storage.oci;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits between two tries. */
@FunctionalInterface
interface Pause {

    /**
     * Returns when the time is over.
     *
     * @throws IOException nobody needs the answer any more
     */
    void await(Duration time) throws IOException;

    /** Waits that all end when a latch opens. */
    static Pause until(CountDownLatch closed, Trouble trouble) {
        return time -> {
            try {
                if (closed.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                    throw trouble.closed();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        };
    }
}
