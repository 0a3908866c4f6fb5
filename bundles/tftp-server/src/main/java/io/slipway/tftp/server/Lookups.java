package io.slipway.tftp.server;

import io.slipway.boot.BootFile;
import io.slipway.boot.BootRequest;
import io.slipway.boot.BootTransport;
import java.io.IOException;
import java.net.InetSocketAddress;
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
    private final SharedChunks chunks = new SharedChunks();
    private final ThreadPoolExecutor pool;

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
                    Thread thread = new Thread(task, "tftp-lookup-" + count.incrementAndGet());
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
     * @param isText whether it is asked for in mode netascii
     * @return the open file, empty when there is none; or fails with what went wrong, a TimeoutException when it took
     *     too long
     * @throws RejectedExecutionException when the queue is full
     */
    CompletableFuture<Optional<OpenedFile>> find(String path, boolean isText, Arrival arrival) {
        CompletableFuture<Optional<OpenedFile>> answer = new CompletableFuture<>();
        pool.execute(() -> {
            try {
                Optional<OpenedFile> found = open(path, isText, arrival);
                if (!answer.complete(found) && found.isPresent()) {
                    found.get().close();
                }
            } catch (IOException | RuntimeException | LinkageError e) {
                if (!answer.completeExceptionally(e)) {
                    LOG.debug("lookup of {} failed after its deadline", path, e);
                }
            }
        });
        return answer.orTimeout(settings.lookupDeadline().toNanos(), TimeUnit.NANOSECONDS);
    }

    private Optional<OpenedFile> open(String path, boolean isText, Arrival arrival) throws IOException {
        InetSocketAddress remote = arrival.remote();
        String link = arrival.door().link().name();
        BootRequest request = new BootRequest(
                path,
                BootTransport.TFTP,
                remote,
                new InetSocketAddress(arrival.local(), arrival.door().port()),
                link,
                boot.client(remote.getAddress(), link),
                Optional.empty());
        Optional<BootFile> file = boot.find(request);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(OpenedFile.open(request, isText ? NetAscii.of(file.get()) : file.get(), chunks));
    }

    /** Whether a further request would be rejected. */
    boolean isFull() {
        return pool.getQueue().remainingCapacity() == 0;
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
        pool.shutdown();
        chunks.close();
    }
}
