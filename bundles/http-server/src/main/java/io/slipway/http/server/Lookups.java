package io.slipway.http.server;

import io.slipway.boot.BootFile;
import io.slipway.boot.BootRequest;
import io.slipway.boot.BootTransport;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds and opens files on a bounded pool: sources, policies and plugins may be slow, event loops may not. */
final class Lookups {

    private static final Logger LOG = LoggerFactory.getLogger(Lookups.class);

    private final BootSide boot;
    private final Settings settings;
    private final ThreadPoolExecutor pool;
    private final KeptFiles kept = new KeptFiles();

    Lookups(BootSide boot, Settings settings) {
        this.boot = boot;
        this.settings = settings;
        AtomicInteger count = new AtomicInteger();
        pool = new ThreadPoolExecutor(
                settings.lookupThreads(),
                settings.lookupThreads(),
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(settings.lookupQueue()),
                task -> {
                    Thread thread = new Thread(task, "http-lookup-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
    }

    /**
     * Looks for a file. A lookup that overruns its deadline is not interrupted, since that would close files which
     * other threads read; it keeps its thread, and what it finds is closed.
     *
     * @param path in normal form
     * @return the open file, empty when there is none; or fails with what went wrong, a TimeoutException when it took
     *     too long
     * @throws RejectedExecutionException when the queue is full
     */
    CompletableFuture<Optional<OpenedFile>> find(String path, Peer peer) {
        CompletableFuture<Optional<OpenedFile>> answer = new CompletableFuture<>();
        pool.execute(() -> {
            try {
                Optional<OpenedFile> found = open(path, peer);
                if (!answer.complete(found) && found.isPresent()) {
                    found.get().close();
                }
            } catch (IOException | RuntimeException e) {
                if (!answer.completeExceptionally(e)) {
                    LOG.debug("lookup of {} failed after its deadline", ClientText.printable(path), e);
                }
            }
        });
        return answer.orTimeout(settings.lookupDeadline().toNanos(), TimeUnit.NANOSECONDS);
    }

    private Optional<OpenedFile> open(String path, Peer peer) throws IOException {
        BootRequest request = request(path, peer);
        Optional<BootFile> file = boot.find(request);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        OpenFile open = OpenFile.open(file.get());
        if (file.get().hasImmutablePath()) {
            kept.keep(path, open, System.nanoTime());
        }
        return Optional.of(new OpenedFile(request, open));
    }

    /** A file that needs no lookup. Waits for nothing. */
    Optional<OpenedFile> kept(String path, Peer peer) {
        return kept.find(path, System.nanoTime()).map(open -> new OpenedFile(request(path, peer), open));
    }

    private BootRequest request(String path, Peer peer) {
        return new BootRequest(
                path,
                BootTransport.HTTP,
                peer.remote(),
                peer.local(),
                peer.link(),
                boot.client(peer.remote().getAddress(), peer.link()),
                Optional.empty());
    }

    /** Whether no request waits for a thread. */
    boolean isIdle() {
        return pool.getQueue().isEmpty();
    }

    /** Its limits beside their use. */
    String limits() {
        return String.format(
                Locale.ROOT,
                "Lookups: %,d of %,d threads are busy (lookupThreads), %,d of %,d requests wait for one (lookupQueue)",
                pool.getActiveCount(),
                settings.lookupThreads(),
                pool.getQueue().size(),
                settings.lookupQueue());
    }

    /** Takes no more; what is queued still runs. */
    void stop() {
        kept.close();
        pool.shutdown();
    }
}
