package io.slipway.image.catalog.command;

import io.slipway.image.catalog.AddProgress;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** One line that tells how far it is, written over again and again; where that cannot be done, one line a file. */
final class ProgressLine implements AddProgress {

    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(200);
    private static final String CLEAR = "\r\u001b[K";

    private final PrintStream out;
    private final boolean isRewritten;
    private final LongSupplier nanos;
    private String subject = "";
    private long written;

    /** @param isRewritten whether the terminal can clear a line (ECMA-48, EL) */
    ProgressLine(PrintStream out, boolean isRewritten, LongSupplier nanos) {
        this.out = out;
        this.isRewritten = isRewritten;
        this.nanos = nanos;
    }

    @Override
    public void fetching(String path, long done, long size) {
        show("fetching " + path, done, size);
    }

    @Override
    public void storing(String path, long done, long size) {
        show("storing " + path, done, size);
    }

    /** Clears the line. */
    void end() {
        if (isRewritten && !subject.isEmpty()) {
            out.print(CLEAR);
            out.flush();
        }
        subject = "";
    }

    private void show(String what, long done, long size) {
        boolean isOther = !what.equals(subject);
        long now = nanos.getAsLong();
        if (!isRewritten && isOther) {
            out.println(what);
        } else if (isRewritten && (isOther || now - written >= INTERVAL)) {
            out.print(CLEAR + what + " " + amount(done, size));
            out.flush();
            written = now;
        }
        subject = what;
    }

    private static String amount(long done, long size) {
        return size <= 0
                ? Sizes.of(done)
                : String.format(Locale.ROOT, "%s of %s, %d %%", Sizes.of(done), Sizes.of(size), done * 100 / size);
    }
}
