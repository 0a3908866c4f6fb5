package io.slipway.http.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Open files whose paths are immutable, so that in a storm of requests for the same ones each is answered where it is
 * read, without a lookup. They are looked for again once a second: what is removed is not served for longer. Safe for
 * use by many threads.
 */
final class KeptFiles {

    private static final Logger LOG = LoggerFactory.getLogger(KeptFiles.class);

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int MOST = 128;

    /** The files of an image whose blobs are collected must not take up the disk. */
    private final Executor later = CompletableFuture.delayedExecutor(2 * FRESH_NANOS, TimeUnit.NANOSECONDS);

    private final Map<String, Kept> kept = new HashMap<>();
    private boolean isSweepPlanned;
    private boolean isClosed;

    private record Kept(OpenFile file, long since) {

        boolean isFresh(long now) {
            return now - since < FRESH_NANOS;
        }
    }

    /** The file of a path, with one user more; empty when it must be looked for. */
    synchronized Optional<OpenFile> find(String path, long now) {
        Kept present = kept.get(path);
        return present != null && present.isFresh(now) && present.file().use()
                ? Optional.of(present.file())
                : Optional.empty();
    }

    /** Keeps a file that was just found, beside its user. */
    void keep(String path, OpenFile file, long now) {
        Optional<OpenFile> replaced = Optional.empty();
        synchronized (this) {
            boolean hasRoom = kept.size() < MOST || kept.containsKey(path);
            if (isClosed || !hasRoom || !file.use()) {
                return;
            }
            replaced = Optional.ofNullable(kept.put(path, new Kept(file, now))).map(Kept::file);
            if (!isSweepPlanned) {
                isSweepPlanned = true;
                later.execute(this::sweep);
            }
        }
        replaced.ifPresent(KeptFiles::done);
    }

    private void sweep() {
        List<OpenFile> stale = new ArrayList<>();
        synchronized (this) {
            long now = System.nanoTime();
            Iterator<Kept> all = kept.values().iterator();
            while (all.hasNext()) {
                Kept one = all.next();
                if (!one.isFresh(now)) {
                    all.remove();
                    stale.add(one.file());
                }
            }
            isSweepPlanned = !kept.isEmpty();
            if (isSweepPlanned) {
                later.execute(this::sweep);
            }
        }
        stale.forEach(KeptFiles::done);
    }

    void close() {
        List<OpenFile> all;
        synchronized (this) {
            isClosed = true;
            all = kept.values().stream().map(Kept::file).toList();
            kept.clear();
        }
        all.forEach(KeptFiles::done);
    }

    private static void done(OpenFile file) {
        try {
            file.done();
        } catch (IOException e) {
            LOG.debug("closing a file", e);
        }
    }
}
