package io.slipway.dhcp.proxy;

import java.net.Inet4Address;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Every foreign DHCP server that was heard of. Bounded: the one that is silent longest goes first. Thread-safe. */
final class ForeignServers {

    /** A machine that makes servers up must not fill the memory. */
    private static final int MOST = 256;

    private record Place(Segment segment, Inet4Address address) {}

    private final Map<Place, ForeignServer> servers = new LinkedHashMap<>(16, 0.75f, true);
    private final LongSupplier nanos;

    /** @param nanos a clock as {@link System#nanoTime} */
    ForeignServers(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * A client has taken an offer of this server (RFC 2131 section 4.3.2: option 54 of its REQUEST).
     *
     * @return the server, when it was not known before
     */
    Optional<ForeignServer> chosen(Segment segment, Inet4Address address) {
        return heard(segment, address, Optional.empty());
    }

    /**
     * A server has answered a probe.
     *
     * @return the server, when it was not known before
     */
    Optional<ForeignServer> offered(Segment segment, Inet4Address address, Offer offer) {
        return heard(segment, address, Optional.of(offer));
    }

    private synchronized Optional<ForeignServer> heard(Segment segment, Inet4Address address, Optional<Offer> offer) {
        Place place = new Place(segment, address);
        Optional<ForeignServer> before = Optional.ofNullable(servers.get(place));
        boolean leases = offer.map(is -> is.address().isPresent()).orElse(true);
        ForeignServer now = new ForeignServer(
                segment,
                address,
                before.map(ForeignServer::since).orElseGet(Instant::now),
                nanos.getAsLong(),
                leases || before.filter(ForeignServer::leases).isPresent(),
                offer.or(() -> before.flatMap(ForeignServer::offer)));
        servers.put(place, now);
        if (servers.size() > MOST) {
            servers.remove(servers.keySet().iterator().next());
        }
        return before.isPresent() ? Optional.empty() : Optional.of(now);
    }

    /** The server that leases addresses on a segment and was heard last, if that is no longer ago than this. */
    synchronized Optional<ForeignServer> leasing(Segment segment, Duration within) {
        return servers.values().stream()
                .filter(server -> server.segment().equals(segment) && server.leases())
                .filter(server -> silence(server).compareTo(within) <= 0)
                .min(Comparator.comparing(this::silence));
    }

    /** How long it has not been heard of. */
    Duration silence(ForeignServer server) {
        return Duration.ofNanos(nanos.getAsLong() - server.heardNanos());
    }

    /** All of them, by segment and address. */
    synchronized List<ForeignServer> all() {
        return servers.values().stream()
                .sorted(Comparator.comparing(
                                (ForeignServer server) -> server.segment().toString())
                        .thenComparing(server -> server.address().getHostAddress()))
                .toList();
    }
}
