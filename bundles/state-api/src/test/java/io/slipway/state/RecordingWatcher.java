package io.slipway.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.slipway.state.Transaction.Write;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what a store tells it, for tests that wait for it. */
public final class RecordingWatcher implements Watcher {

    /**
     * One call.
     *
     * @param writes empty when the call was {@code lost()}
     */
    public record Told(long revision, Optional<List<Write>> writes) {

        public boolean isLost() {
            return writes.isEmpty();
        }
    }

    private final BlockingQueue<Told> calls = new LinkedBlockingQueue<>();

    @Override
    public void changed(long revision, List<Write> writes) {
        calls.add(new Told(revision, Optional.of(writes)));
    }

    @Override
    public void lost() {
        calls.add(new Told(0, Optional.empty()));
    }

    /** The next call, waited for. */
    public Told next() throws InterruptedException {
        Told told = calls.poll(10, TimeUnit.SECONDS);
        assertNotNull(told, "the watcher was not told within 10 s");
        return told;
    }

    /** The next call's only write, waited for. */
    public Write nextWrite() throws InterruptedException {
        List<Write> writes = next().writes().orElseThrow(() -> new AssertionError("lost instead of a change"));
        assertEquals(1, writes.size(), "writes in one call");
        return writes.get(0);
    }
}
