package io.slipway.boot.journal;

import io.slipway.boot.BootEvent;
import io.slipway.boot.BootEventListener;
import io.slipway.boot.BootJournal;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Keeps the latest events in a ring and tells the listeners of each, on a thread of its own. */
@Component(
        service = {BootJournal.class, Timeline.class},
        immediate = true,
        configurationPid = "io.slipway.boot.journal")
@Designate(ocd = RingJournal.Config.class)
public final class RingJournal implements BootJournal, Timeline {

    /** How much to remember. */
    @ObjectClassDefinition(name = "Slipway boot journal", description = "The timeline of boots")
    @interface Config {
        @AttributeDefinition(description = "The events that are remembered; one boot has about 30")
        String events() default "20000";
    }

    /** @param events 1 to 10 million */
    record Settings(int events) {
        Settings {
            if (events < 1 || events > 10_000_000) {
                throw refused(events);
            }
        }

        /** The container, which could make it a number as well, would not say which key has none. */
        static Settings of(String events) {
            try {
                return new Settings(Integer.parseInt(events.strip()));
            } catch (NumberFormatException e) {
                throw refused(events);
            }
        }

        private static IllegalArgumentException refused(Object value) {
            return new IllegalArgumentException(
                    "etc/io.slipway.boot.journal.cfg: events = " + value + "; expected 1 to 10000000");
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(RingJournal.class);
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration GATHERING = Duration.ofMillis(10);
    private final EventRing ring;
    private final Thread teller = new Thread(this::tell, "slipway-boot-journal");
    private final Set<BootEventListener> blamed = Collections.newSetFromMap(new WeakHashMap<>());

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    volatile List<BootEventListener> listeners = List.of();

    private final CountDownLatch closing = new CountDownLatch(1);

    @Activate
    public RingJournal(Config config) {
        this(Settings.of(config.events()));
    }

    RingJournal(Settings settings) {
        ring = new EventRing(settings.events());
        teller.setDaemon(true);
    }

    /** Starts telling; here and not in the constructor, for the listeners are set in between. */
    @Activate
    void open() {
        teller.start();
    }

    @Deactivate
    void close() {
        // A listener may swallow the interrupt.
        closing.countDown();
        teller.interrupt();
    }

    @Override
    public void record(BootEvent event) {
        ring.add(event);
    }

    @Override
    public Slice after(long number, Duration patience) throws InterruptedException {
        return ring.after(number, patience);
    }

    @Override
    public List<BootEvent> events() {
        return ring.events();
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void tell() {
        long told = BEGINNING;
        try {
            while (!isClosing()) {
                Slice slice = ring.after(told, LONG);
                if (slice.lost() > 0) {
                    LOG.warn(
                            "{} boot events were not told: a listener is too slow for this many boots; mend it, or"
                                    + " raise 'events' in etc/io.slipway.boot.journal.cfg",
                            slice.lost());
                }
                slice.events().stream().takeWhile(event -> !isClosing()).forEach(this::tell);
                told = slice.last();
                // Listeners hear a little later, and a storm of packets does not wake this thread for each.
                if (closing.await(GATHERING.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("the journal ends at event {}", told);
        }
    }

    private void tell(BootEvent event) {
        event.mac().ifPresent(mac -> MDC.put("mac", mac.toString()));
        try {
            // The milestones are logged as such by whoever reaches them.
            if (LOG.isDebugEnabled()) {
                LOG.debug("{}", EventText.sentence(event));
            }
            listeners.forEach(listener -> tell(listener, event));
        } finally {
            MDC.remove("mac");
        }
    }

    private void tell(BootEventListener listener, BootEvent event) {
        try {
            listener.on(event);
        } catch (RuntimeException | LinkageError e) {
            if (blamed.add(listener)) {
                LOG.warn(
                        "boot event listener {} failed ({}): mend or remove its bundle",
                        listener.getClass().getName(),
                        e.toString());
            }
            LOG.debug("boot event listener {} failed", listener.getClass().getName(), e);
        }
    }
}
