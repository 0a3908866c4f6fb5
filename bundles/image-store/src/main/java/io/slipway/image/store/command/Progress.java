package io.slipway.image.store.command;

import io.slipway.image.ImportProgress;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/** A line every few seconds, so that a script's log shows an import that goes on, too. */
final class Progress implements ImportProgress {

    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final PrintStream out;
    private long last = System.nanoTime();

    Progress(PrintStream out) {
        this.out = out;
    }

    @Override
    public void at(String path, long done, long size) {
        long now = System.nanoTime();
        if (now - last >= EVERY_NANOS) {
            last = now;
            out.println(path + ": " + Sizes.of(done) + (size < 0 ? "" : " of " + Sizes.of(size)));
        }
    }
}
