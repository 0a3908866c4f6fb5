package io.slipway.storage.oci;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at a registry again and again, on a thread of its own, and says once when that fails. */
final class Looking implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Looking.class);
    private static final int MOST_SAID = 5;

    /** How long the end of a look is waited for, in seconds. */
    private static final int PATIENCE = 5;

    private final Settings settings;
    private final TagLook look;
    private final KnownTags tags;
    private final LastLook lastLook;
    private final ScheduledExecutorService thread;
    private boolean isFailing;
    /** Why it has failed since it answered the last time. */
    private final Set<String> said = new HashSet<>();

    private boolean isFirst = true;
    private volatile boolean isClosed;

    Looking(Settings settings, TagLook look, KnownTags tags, LastLook lastLook) {
        this.settings = settings;
        this.look = look;
        this.tags = tags;
        this.lastLook = lastLook;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread looking = new Thread(task, "registry " + settings.name() + " looks");
            looking.setDaemon(true);
            return looking;
        });
    }

    /** The first look begins at once. */
    @SuppressWarnings("FutureReturnValueIgnored") // a look says itself what is wrong, and never ends with an exception
    void begin() {
        thread.scheduleWithFixedDelay(this::look, 0, settings.refresh().toSeconds(), TimeUnit.SECONDS);
    }

    void look() {
        Look before = tags.now();
        tags.begin();
        try {
            Look found = tags.finish(look.run(before));
            if (found.differsFrom(before) || isFirst) {
                lastLook.keep(tags::now);
            }
            if (isFailing || isFirst) {
                LOG.info(
                        "registry {} at {} answers{} ({} tags)",
                        settings.name(),
                        settings.registry(),
                        isFailing ? " again" : "",
                        found.tags().size());
            }
            isFirst = false;
            isFailing = false;
            said.clear();
        } catch (IOException | RuntimeException e) {
            // Also a fault of ours: the next look may go well, and an exception would end all of them.
            String why = Objects.toString(e instanceof IOException ? e.getMessage() : null, e.toString());
            isFailing = true;
            // What is wrong now may not be what was wrong first: it is mended in another way.
            if (!isClosed && said.size() < MOST_SAID && said.add(why)) {
                LOG.warn(
                        "registry {} cannot be looked at; its images are {} until it answers: {}",
                        settings.name(),
                        before.equals(Look.NONE) ? "unknown" : "those of " + before.time(),
                        why);
            }
        }
    }

    @Override
    public void close() {
        isClosed = true;
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(PATIENCE, TimeUnit.SECONDS)) {
                LOG.debug("registry {}: a look has not ended yet", settings.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
