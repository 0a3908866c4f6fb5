package io.slipway.image.store;

import io.slipway.image.Blob;
import io.slipway.image.Digest;
import io.slipway.image.ImageRef;
import io.slipway.image.store.export.LayoutExport;
import io.slipway.image.store.export.LayoutTarget;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the store: removes what nothing needs, and reads all blobs again from time to time, slowly.
 */
@Component(service = Caretaker.class, immediate = true, configurationPid = Settings.PID)
@Designate(ocd = Caretaker.Config.class)
@SuppressWarnings("FutureReturnValueIgnored") // each round catches what it throws
public final class Caretaker {

    private static final Logger LOG = LoggerFactory.getLogger(Caretaker.class);

    /** The first round comes when the machines that wait for a server that has just started are through. */
    private static final Duration FIRST = Duration.ofMinutes(10);

    private static final Duration SCRUB_LOOK = Duration.ofHours(1);

    private static final int LOOK_SECONDS = 2;

    /** The configuration {@code io.slipway.image.store}. */
    @ObjectClassDefinition(name = "Slipway image store", description = "How images are kept and looked after.")
    public @interface Config {

        @AttributeDefinition(description = "How many of the images that a tag named last are kept, 1 to 200.")
        String keepVersions() default "5";

        @AttributeDefinition(description = "How long an image is kept in any case after its tag has left it.")
        String keepTime() default "1d";

        @AttributeDefinition(description = "How often what nothing needs is removed; 0: only by image:gc.")
        String collectEvery() default "0";

        @AttributeDefinition(description = "How often every blob is read and compared with its digest; 0: never.")
        String scrubEvery() default "7d";

        @AttributeDefinition(description = "Megabytes a second for that; 0: no limit.")
        String scrubRate() default "20";

        @AttributeDefinition(
                description = "Where skopeo copies images to. Empty: inbox, in Karaf's data; none: nowhere.")
        String inbox() default "";
    }

    private final OciImageStore store;
    private final Settings settings;
    private final Clock clock;
    private final ScheduledExecutorService rounds;
    /** Of its own, since reading all blobs again takes hours. */
    private final ScheduledExecutorService looks;

    private final CountDownLatch stop = new CountDownLatch(1);

    @Activate
    public Caretaker(@Reference OciImageStore store, Config config) {
        this(store, Settings.of(config), Clock.systemUTC());
        every(settings.collectEvery(), this::collectQuietly);
        every(settings.scrubEvery().isZero() ? Duration.ZERO : SCRUB_LOOK, this::scrubQuietly);
        settings.inbox().ifPresent(this::watch);
    }

    Caretaker(OciImageStore store, Settings settings, Clock clock) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.rounds = Executors.newSingleThreadScheduledExecutor(Caretaker::thread);
        this.looks = Executors.newSingleThreadScheduledExecutor(Caretaker::thread);
    }

    @Deactivate
    void close() {
        stop.countDown();
        rounds.shutdownNow();
        looks.shutdownNow();
    }

    /**
     * Removes what no tag, no pin and no history that is kept needs.
     *
     * @param isTrial only counts
     * @throws IOException it cannot be known what is needed; then nothing that is was removed
     */
    public Clearance.Result collect(boolean isTrial) throws IOException {
        return new Clearance(store, settings.retention(), clock.instant(), isTrial).run();
    }

    /**
     * Reads the blobs of images again, or all blobs, as fast as it goes.
     *
     * @param refs empty for all
     */
    public Inspection inspect(List<ImageRef> refs) throws IOException {
        Inspection inspection = new Inspection(store, Caretaker::requireNotInterrupted);
        for (ImageRef ref : refs) {
            inspection.image(ref);
        }
        if (refs.isEmpty()) {
            inspection.all();
            store.ledger().inspected(clock.instant());
        }
        return inspection;
    }

    /**
     * Writes images into a layout, which the caller closes.
     *
     * @throws IOException also when there is no such image
     */
    public LayoutExport.Result export(Collection<ImageRef> refs, LayoutTarget target) throws IOException {
        Map<ImageRef, Digest> tags = new TreeMap<>();
        for (ImageRef ref : refs) {
            tags.put(
                    ref,
                    store.manifest(ref)
                            .orElseThrow(() ->
                                    new IOException("there is no image " + ref + "; image:list shows what there is")));
        }
        return new LayoutExport(new StoredImages(store), target).run(tags);
    }

    private record StoredImages(OciImageStore store) implements LayoutExport.Images {

        @Override
        public byte[] manifest(Digest digest) throws IOException {
            return store.manifest(digest)
                    .orElseThrow(() -> new IOException(
                            "manifest " + digest + " is damaged or missing; import its image" + " again"));
        }

        @Override
        public List<Digest> parts(byte[] manifest) throws IOException {
            return References.of(manifest);
        }

        @Override
        public Optional<Blob> blob(Digest digest) throws IOException {
            return store.blob(digest);
        }
    }

    /** The images that are kept without a tag. */
    public Set<Digest> pins() throws IOException {
        return store.ledger().pins();
    }

    /** Keeps an image, whatever becomes of its tags. */
    public void pin(Digest manifest) throws IOException {
        store.changes().tag(() -> store.ledger().pin(manifest));
    }

    /**
     * Lets a pinned image go.
     *
     * @return whether it was pinned
     */
    public boolean unpin(Digest manifest) throws IOException {
        return store.ledger().unpin(manifest);
    }

    /** Forgets what a tag has named, so that none of it is kept for its sake. */
    public void forget(ImageRef ref) throws IOException {
        store.ledger().forget(ref);
    }

    /** Reads all blobs when the last time is long enough ago. */
    void scrub() throws IOException {
        Instant last = store.ledger().inspected().orElse(Instant.EPOCH);
        if (last.plus(settings.scrubEvery()).isAfter(clock.instant())) {
            return;
        }
        Inspection inspection = new Inspection(store, new SlowPace(settings.scrubRate(), stop));
        inspection.all();
        store.ledger().inspected(clock.instant());
        LOG.info(
                "read {} blobs of {} bytes again: {} damaged",
                inspection.blobs(),
                inspection.bytes(),
                inspection.damages().size());
    }

    private void every(Duration period, Runnable round) {
        if (!period.isZero()) {
            long first = Math.min(FIRST.toSeconds(), period.toSeconds());
            rounds.scheduleWithFixedDelay(round, first, period.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private void watch(Path folder) {
        Inbox inbox = new Inbox(store, folder);
        try {
            inbox.open();
        } catch (IOException e) {
            LOG.warn(
                    "the inbox {} cannot be used: {}; name another folder, or none (key inbox in etc/{}.cfg)",
                    folder,
                    e.toString(),
                    Settings.PID);
            return;
        }
        looks.scheduleWithFixedDelay(() -> lookQuietly(inbox, folder), LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    private static void lookQuietly(Inbox inbox, Path folder) {
        try {
            inbox.look();
        } catch (IOException | RuntimeException e) {
            LOG.warn("the inbox {} cannot be looked at: {}; look at its disk", folder, e.toString());
        }
    }

    private void collectQuietly() {
        try {
            Clearance.Result result = collect(false);
            if (result.removed() > 0) {
                LOG.info("removed {} blobs of {} bytes that nothing needs", result.removed(), result.bytes());
            }
        } catch (InterruptedIOException stopped) {
            LOG.debug("removing what nothing needs was stopped", stopped);
        } catch (IOException | RuntimeException e) {
            LOG.warn("what nothing needs was not removed: {}; image:gc does it by hand", e.getMessage());
        }
    }

    private void scrubQuietly() {
        try {
            scrub();
        } catch (InterruptedIOException stopped) {
            LOG.debug("reading blobs again was stopped", stopped);
        } catch (IOException | RuntimeException e) {
            LOG.warn("blobs were not read again: {}; image:verify does it by hand", e.getMessage());
        }
    }

    private static void requireNotInterrupted(int bytes) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted; what was looked at is as it was said");
        }
    }

    /** As many bytes a second as are allowed, no more. */
    private static final class SlowPace implements Inspection.Pace {

        private final long rate;
        private final CountDownLatch stop;
        private final long begun = System.nanoTime();
        private long done;

        SlowPace(long rate, CountDownLatch stop) {
            this.rate = rate;
            this.stop = stop;
        }

        @Override
        public void read(int bytes) throws IOException {
            done += bytes;
            long ahead = rate == 0 ? 0 : done * 1000 / rate - (System.nanoTime() - begun) / 1_000_000;
            try {
                if (stop.await(Math.max(0, ahead), TimeUnit.MILLISECONDS)) {
                    throw new InterruptedIOException("the server stops");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }
    }

    private static Thread thread(Runnable round) {
        Thread thread = new Thread(round, "slipway-image-caretaker");
        thread.setDaemon(true);
        return thread;
    }
}
