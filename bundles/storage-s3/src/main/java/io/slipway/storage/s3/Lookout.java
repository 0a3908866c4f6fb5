package io.slipway.storage.s3;

import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the store again and again, on a thread of its own, and says when that begins to fail and when it ends. */
final class Lookout implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);
    private static final Duration BETWEEN_CLEARING = Duration.ofHours(1);

    private final Settings settings;
    private final TagBook tags;
    private final Optional<Leftovers> leftovers;
    private final Clock clock;
    private final ScheduledExecutorService thread;
    private final CountDownLatch firstLook = new CountDownLatch(1);

    private Instant cleared = Instant.MIN;
    private boolean isClearingComplained;
    private volatile Optional<String> trouble = Optional.empty();

    /** @param leftovers to be cleared now and then; empty when nothing may be changed */
    Lookout(Settings settings, TagBook tags, Optional<Leftovers> leftovers, Clock clock) {
        this.settings = settings;
        this.tags = tags;
        this.leftovers = leftovers;
        this.clock = clock;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread looking = new Thread(task, "storage-s3-" + settings.name());
            looking.setDaemon(true);
            return looking;
        });
    }

    void start() {
        var unused =
                thread.scheduleWithFixedDelay(this::look, 0, settings.refresh().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits until the store was looked at once, whatever came of it. */
    void awaitFirstLook(Duration longest) {
        try {
            if (!firstLook.await(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("S3 storage {}: the first look takes longer than {}", settings.name(), longest);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Why the last look failed, when it did. */
    Optional<String> trouble() {
        return trouble;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    synchronized void look() {
        try {
            tags.look();
            if (trouble.isPresent()) {
                LOG.info("S3 storage {} answers again", settings.name());
            }
            trouble = Optional.empty();
            clearNowAndThen();
        } catch (IOException | RuntimeException | LinkageError e) {
            // Whatever it is, the next look must come.
            complain(e);
        } finally {
            firstLook.countDown();
        }
    }

    private void complain(Throwable failure) {
        String why = failure instanceof IOException ? failure.getMessage() : failure.toString();
        if (trouble.isEmpty() && !thread.isShutdown()) {
            LOG.warn(
                    "{}; its tags are answered as they were known until it answers, it is asked every {} s",
                    why,
                    settings.refresh().toSeconds());
            LOG.debug("S3 storage {}", settings.name(), failure);
        }
        trouble = Optional.of(why);
    }

    private void clearNowAndThen() {
        Instant now = clock.instant();
        if (leftovers.isEmpty() || now.isBefore(cleared.plus(BETWEEN_CLEARING))) {
            return;
        }
        cleared = now;
        try {
            int count = leftovers.get().clear();
            if (count > 0) {
                LOG.info("S3 storage {}: {} leftovers of imports that were cut were removed", settings.name(), count);
            }
            isClearingComplained = false;
        } catch (IOException e) {
            if (!isClearingComplained) {
                LOG.warn(
                        "{}; leftovers of imports that were cut stay and take space until that is mended, or remove by a"
                                + " lifecycle rule what is below {} and older than a day",
                        e.getMessage(),
                        settings.location(settings.layout().incoming()));
            }
            isClearingComplained = true;
        }
    }
}
