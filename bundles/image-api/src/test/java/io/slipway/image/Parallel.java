package io.slipway.image;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs one piece of work on several threads; the first failure is the test's. */
final class Parallel {

    /** Work that is told which thread it is, from 0. */
    interface Work {
        void run(int number) throws Exception;
    }

    private Parallel() {}

    static void run(int threads, Work work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Void>> calls = new ArrayList<>();
            for (int number = 0; number < threads; number++) {
                int mine = number;
                calls.add(() -> {
                    work.run(mine);
                    return null;
                });
            }
            for (Future<Void> done : pool.invokeAll(calls, 60, TimeUnit.SECONDS)) {
                done.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
