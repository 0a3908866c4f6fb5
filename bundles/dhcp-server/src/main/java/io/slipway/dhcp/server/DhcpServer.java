package io.slipway.dhcp.server;

import io.netty.buffer.ByteBuf;
import io.slipway.boot.BootJournal;
import io.slipway.dhcp.DhcpHandler;
import io.slipway.sockets.DatagramDoor;
import io.slipway.sockets.DatagramTaker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what comes in at the doors {@code dhcp} (port 67) and {@code pxe} (port 4011). */
@Component(
        immediate = true,
        configurationPid = Settings.PID,
        service = {DatagramTaker.class, DhcpStatistics.class, DhcpTrials.class},
        property = {DatagramTaker.DOOR + "=dhcp", DatagramTaker.DOOR + "=" + Destination.PXE_DOOR})
@Designate(ocd = DhcpServer.Config.class)
public final class DhcpServer implements DatagramTaker, DhcpStatistics, DhcpTrials {

    private static final Logger LOG = LoggerFactory.getLogger(DhcpServer.class);
    private static final Duration DRAIN = Duration.ofSeconds(1);

    /** What is set in {@code etc/io.slipway.dhcp.server.cfg}. */
    @ObjectClassDefinition(name = "Slipway DHCP server", description = "Which handlers answer, and with what means.")
    public @interface Config {

        @AttributeDefinition(
                description = "The handlers in the order in which they are asked, separated by commas. * is the place "
                        + "of those that are not named, ? marks one that may be absent.")
        String[] chain() default {
            "allow", "foreign-servers", "server-identifier", "proxy", "*", "address", "network-options", "boot?"
        };

        @AttributeDefinition(description = "Threads that run the chain, 1 to 64; 0: half as many as processors.")
        String workers() default "0";

        @AttributeDefinition(description = "Packets that one worker has in hand at most, 4 to 1000000.")
        String queue() default "4096";

        @AttributeDefinition(description = "Milliseconds that packets wait for a missing handler, 0 to 60000.")
        String holdMillis() default "2000";

        @AttributeDefinition(
                description =
                        "How clients without an address are answered: broadcast, frame (raw Ethernet frame), or arp"
                                + " (an entry in the kernel's ARP table).")
        String replies() default "broadcast";
    }

    private final Counters counters = new Counters();
    private final Reception reception = new Reception(counters);
    private final Milestones milestones = new Milestones(counters, this::journal);
    private final MissingHandlers missing = new MissingHandlers();
    private final Seldom overflow = new Seldom(Duration.ofSeconds(10));
    private final Delivery delivery = new Delivery();
    private final Work work = new CurrentWork();
    private final Handlers handlers;
    private volatile Settings settings;
    private volatile Lanes lanes;

    /** Null while there is none. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile BootJournal journal;

    @Activate
    public DhcpServer(Config config) {
        this(Settings.of(config));
    }

    DhcpServer(Settings settings) {
        this.settings = settings;
        delivery.want(settings.replies());
        handlers = new Handlers(settings.chain(), this::chainChanged);
        lanes = new Lanes(settings.workers(), work, CompletableFuture.completedFuture(null));
    }

    @Modified
    void modified(Config config) {
        Settings changed;
        try {
            changed = Settings.of(config);
        } catch (IllegalArgumentException e) {
            LOG.error("{}; the former configuration stays in force until that is mended", e.getMessage());
            return;
        }
        apply(changed);
    }

    void apply(Settings changed) {
        settings = changed;
        delivery.want(changed.replies());
        Lanes old = lanes;
        if (old.count() != changed.workers()) {
            CompletableFuture<Void> oldEnded = new CompletableFuture<>();
            // the new ones wait until the old ones have nothing in hand, so that each client's packets stay in order
            lanes = new Lanes(changed.workers(), work, oldEnded);
            old.close(DRAIN).thenRun(() -> oldEnded.complete(null));
        }
        handlers.order(changed.chain());
    }

    @Deactivate
    void deactivate() {
        close();
    }

    /**
     * What is in hand is still answered, on the workers' own threads and for a second at most.
     *
     * @return completes when the workers have ended
     */
    CompletionStage<Void> close() {
        handlers.close();
        return lanes.close(DRAIN);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void addHandler(DhcpHandler handler, Map<String, Object> properties) {
        handlers.add(handler, properties);
    }

    void updatedHandler(DhcpHandler handler, Map<String, Object> properties) {
        handlers.add(handler, properties);
    }

    void removeHandler(DhcpHandler handler, Map<String, Object> properties) {
        handlers.remove(properties);
    }

    @Override
    public void received(ByteBuf content, InetSocketAddress sender, InetAddress recipient, DatagramDoor door) {
        reception.receive(content, sender, recipient, door).ifPresent(packet -> {
            if (!lanes.offer(packet)) {
                counters.dropped("queue full");
                warnOfOverflow();
            }
        });
    }

    @Override
    public void opened(DatagramDoor door) {
        delivery.opened(door);
    }

    @Override
    public boolean isReady() {
        return handlers.chain().isComplete();
    }

    @Override
    public List<Count> counts() {
        return counters.counts();
    }

    @Override
    public List<Delivered> delivered() {
        return delivery.delivered();
    }

    @Override
    public Trial tryOut(byte[] datagram, InetSocketAddress sender, InetAddress recipient, DatagramDoor door) {
        return TrialRun.of(datagram, sender, recipient, door, handlers.chain());
    }

    private Optional<BootJournal> journal() {
        return Optional.ofNullable(journal);
    }

    private void chainChanged() {
        missing.changed(handlers.chain());
        lanes.retry();
    }

    private void warnOfOverflow() {
        if (overflow.isDue()) {
            LOG.warn(
                    "DHCP packets are dropped: the workers have their hands full; raise workers (now {}) or queue (now "
                            + "{}) in etc/{}.cfg, or look for what slows the handlers or the disk down",
                    settings.workers(),
                    settings.queue(),
                    Settings.PID);
        }
    }

    private final class CurrentWork implements Work {

        private final Answerer answerer = new Answerer(milestones, new StorageFailures(), delivery);

        @Override
        public Settings settings() {
            return settings;
        }

        @Override
        public Chain chain() {
            return handlers.chain();
        }

        @Override
        public Answerer answerer() {
            return answerer;
        }

        @Override
        public MissingHandlers missing() {
            return missing;
        }
    }
}
