package io.slipway.dhcp.proxy;

import io.slipway.dhcp.DhcpExchange;
import io.slipway.sockets.DatagramDoor;
import io.slipway.sockets.Door;
import io.slipway.sockets.Doors;
import java.net.Inet4Address;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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

/** What this server is on each segment, and which foreign servers are there. */
@Component(service = SegmentModes.class, configurationPid = Settings.PID)
@Designate(ocd = SegmentModes.Config.class)
public final class SegmentModes {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentModes.class);
    private static final String DHCP_DOOR = "dhcp";

    /** Relay agents of which the last mode is remembered, to log a change; anybody can make one up. */
    private static final int MOST_SEGMENTS = 1024;

    /** What is set in {@code etc/io.slipway.dhcp.proxy.cfg}, beside the keys {@code mode.PLACE}. */
    @ObjectClassDefinition(name = "Slipway proxyDHCP", description = "Beside the DHCP servers of others.")
    public @interface Config {

        @AttributeDefinition(description = "server, proxy or auto; mode.INTERFACE and mode.NETWORK for one place.")
        String mode() default "server";

        @AttributeDefinition(description = "How long a foreign server is silent before it counts as gone: 15m, 1h.")
        String silence() default "15m";

        @AttributeDefinition(description = "How often is asked which servers there are: 5m, 1h; 0 for never.")
        String probeInterval() default "5m";

        @AttributeDefinition(description = "Milliseconds that an OFFER of the proxy waits, 0 to 2000.")
        String replyDelayMillis() default "0";

        @AttributeDefinition(description = "Addresses of the foreign servers that belong there.")
        String[] known() default {};
    }

    private final ForeignServers servers = new ForeignServers(System::nanoTime);
    private final Map<Segment, Mode> told = new ConcurrentHashMap<>();
    private final Prober prober;
    private volatile Settings settings;

    /** Which doors are open; not there means none. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile Doors doors;

    @Activate
    public SegmentModes(Config config, Map<String, Object> properties) {
        this(Settings.of(config, properties));
        prober.start();
    }

    SegmentModes(Settings settings) {
        this.settings = settings;
        prober = new Prober(this::dhcpDoors, this::offered, this::look);
        prober.interval(settings.probeInterval());
    }

    @Modified
    void modified(Config config, Map<String, Object> properties) {
        try {
            apply(Settings.of(config, properties));
        } catch (IllegalArgumentException e) {
            LOG.error("{}; the former configuration stays in force until that is mended", e.getMessage());
        }
    }

    void apply(Settings changed) {
        settings = changed;
        prober.interval(changed.probeInterval());
        look();
    }

    @Deactivate
    void close() {
        prober.close();
    }

    /** {@link Mode#SERVER} or {@link Mode#PROXY}; {@link Mode#AUTO} while it is not known yet which of the two. */
    Mode of(DhcpExchange exchange) {
        return settings.isServerOnly() ? Mode.SERVER : of(Segment.of(exchange), !exchange.isTrial());
    }

    Mode of(Segment segment) {
        return of(segment, true);
    }

    private Mode of(Segment segment, boolean tells) {
        Settings now = settings;
        Mode mode = now.of(segment);
        if (mode != Mode.AUTO) {
            if (tells) {
                told.remove(segment);
            }
            return mode;
        }
        Optional<ForeignServer> other = servers.leasing(segment, now.silence());
        if (other.isEmpty() && segment.relay().isEmpty() && !prober.hasLooked(segment.link())) {
            return Mode.AUTO;
        }
        Mode actual = other.isPresent() ? Mode.PROXY : Mode.SERVER;
        if (tells) {
            tell(segment, actual, other, now.silence());
        }
        return actual;
    }

    private void tell(Segment segment, Mode actual, Optional<ForeignServer> other, Duration silence) {
        if (told.get(segment) == actual || (told.size() >= MOST_SEGMENTS && !told.containsKey(segment))) {
            return;
        }
        Optional<Mode> before = Optional.ofNullable(told.put(segment, actual));
        if (other.isPresent()) {
            LOG.info(
                    "proxyDHCP on {} from now on: DHCP server {} leases addresses there",
                    segment,
                    other.get().address().getHostAddress());
        } else if (before.isPresent()) {
            LOG.info(
                    "full DHCP server on {} from now on: no other was heard there for {} s",
                    segment,
                    silence.toSeconds());
        } else {
            LOG.info("full DHCP server on {}: no other is heard there", segment);
        }
    }

    /** How long an OFFER of the proxy waits: some firmware misses one that comes before the address's. */
    Duration replyDelay() {
        return settings.replyDelay();
    }

    /** A client has chosen the offer of a server that is not this one. */
    void chosen(Segment segment, Inet4Address server) {
        servers.chosen(segment, server).ifPresent(found -> {
            judge(found);
            prober.soon(segment.link());
        });
    }

    private void offered(Segment segment, Inet4Address server, Offer offer) {
        servers.offered(segment, server, offer).ifPresent(this::judge);
    }

    /** A server of which this is the first sign: told once. */
    private void judge(ForeignServer found) {
        Settings now = settings;
        String address = found.address().getHostAddress();
        boolean isExpected = now.known().contains(found.address())
                || (now.known().isEmpty() && now.of(found.segment()) != Mode.SERVER);
        if (isExpected) {
            LOG.info("DHCP server {} on {}: {}", address, found.segment(), found.offers());
        } else {
            LOG.warn(
                    "another DHCP server, {}, answers on {} ({}): machines may take its addresses and boot files; stop"
                            + " it, or if it belongs there add it to known in etc/{}.cfg, and set mode = proxy or auto"
                            + " there if it is to lease the addresses",
                    address,
                    found.segment(),
                    found.offers(),
                    Settings.PID);
        }
    }

    /** Changes of the mode are told when they happen, not with the next packet. */
    private void look() {
        told.keySet().forEach(this::of);
        dhcpDoors().forEach(door -> of(Segment.of(door.link().name())));
    }

    private List<DatagramDoor> dhcpDoors() {
        return Optional.ofNullable(doors).map(Doors::open).orElse(List.<Door>of()).stream()
                .filter(door -> door.name().equals(DHCP_DOOR))
                .filter(DatagramDoor.class::isInstance)
                .map(DatagramDoor.class::cast)
                .toList();
    }

    /** For each interface what this server is there, and why: {@code br0: proxy (auto, …)}. */
    public List<String> modes() {
        return dhcpDoors().stream()
                .map(door -> Segment.of(door.link().name()))
                .map(segment -> {
                    Mode configured = settings.of(segment);
                    Mode actual = of(segment);
                    String text = actual == Mode.AUTO ? "looking for other servers" : actual.toString();
                    return segment + ": " + text + (configured == Mode.AUTO ? " (auto)" : "");
                })
                .toList();
    }

    /** The foreign servers that were heard of, a row each: segment, address, since, last heard, offers, known. */
    public List<Row> rows() {
        return servers.all().stream()
                .map(server -> new Row(
                        server, servers.silence(server), settings.known().contains(server.address())))
                .toList();
    }

    /** One foreign server, as it is shown. */
    public record Row(String segment, String address, Instant since, Duration silence, String offers, boolean isKnown) {

        Row(ForeignServer server, Duration silence, boolean isKnown) {
            this(
                    server.segment().toString(),
                    server.address().getHostAddress(),
                    server.since(),
                    silence,
                    server.offers(),
                    isKnown);
        }
    }
}
