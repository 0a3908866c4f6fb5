package io.slipway.storage.oci;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Asks a registry many things, a few at a time. Its threads are there while there is something to ask. */
final class Lanes implements Closeable {

    private static final int LANES = 4;

    /** One question about one thing. */
    interface Question<T, A> {
        A ask(T about) throws IOException;
    }

    private final Trouble trouble;
    private final ThreadPoolExecutor threads;

    Lanes(Trouble trouble) {
        this.trouble = trouble;
        this.threads = new ThreadPoolExecutor(LANES, LANES, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "registry " + trouble.name() + " asks");
            thread.setDaemon(true);
            return thread;
        });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * The answers, in the order of what was asked about.
     *
     * @throws IOException the first that failed; what was not asked by then is not asked any more
     */
    <T, A> List<A> all(Collection<T> things, Question<T, A> question) throws IOException {
        List<Future<A>> asked = new ArrayList<>(things.size());
        try {
            for (T thing : things) {
                asked.add(threads.submit(() -> question.ask(thing)));
            }
            List<A> answers = new ArrayList<>(things.size());
            for (Future<A> one : asked) {
                answers.add(one.get());
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (RejectedExecutionException | CancellationException e) {
            throw trouble.closed();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            // What has begun goes on to its end: it may be an upload, whose session is then left behind.
            asked.forEach(one -> one.cancel(false));
        }
    }

    @Override
    public void close() {
        threads.shutdownNow().forEach(task -> {
            if (task instanceof Future<?> future) {
                future.cancel(true);
            }
        });
    }
}
