package io.slipway.sockets.internal;

import io.netty.util.NetUtil;
import io.slipway.sockets.Door;
import io.slipway.sockets.Link;
import io.slipway.sockets.LinkAddress;
import java.net.Inet6Address;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the open doors what the settings and the kernel's interfaces say: looks every {@value #PERIOD_MILLIS} ms, opens
 * what is missing, closes what has lost its interface. One door that cannot be opened never stops the others.
 */
final class DoorKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(DoorKeeper.class);

    /** The bare line that scripts wait for. */
    private static final Logger READY = LoggerFactory.getLogger("io.slipway.ready");

    private static final long PERIOD_MILLIS = 500;

    /** The subject of complaints about the watch itself; no interface can be called so. */
    private static final String WATCH = "/watch";

    /** @param ipv6 empty: all IPv4 addresses */
    private record Place(String link, Settings.DoorPort door, Optional<Inet6Address> ipv6) {

        Place(String link, Settings.DoorPort door) {
            this(link, door, Optional.empty());
        }

        @Override
        public String toString() {
            return door.name() + " on " + link + ", " + at(ipv6) + "port " + door.port();
        }
    }

    private final Settings settings;
    private final EventLoops loops;
    private final Takers takers;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "slipway-doors");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<Place, OpenDoor> open = new ConcurrentHashMap<>();
    private final Map<String, String> complaints = new ConcurrentHashMap<>();
    /** By interface: the addresses that were told of last. */
    private final Map<String, String> told = new ConcurrentHashMap<>();

    /** Where doors belong, as the interfaces were seen last. */
    private volatile List<Place> wanted = List.of();

    private boolean ready;

    DoorKeeper(Settings settings, EventLoops loops, Takers takers) {
        this.settings = settings;
        this.loops = loops;
        this.takers = takers;
    }

    void start() {
        if (settings.interfaces().isEmpty()) {
            LOG.warn(
                    "etc/{}.cfg: interfaces is empty, so nothing is served; set it to the interfaces to serve, such as"
                            + " interfaces = eth0",
                    SocketOwner.PID);
        }
        // look() tells its own failures, and close() ends it.
        Future<?> unused = watch.scheduleWithFixedDelay(this::look, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    List<Door> open() {
        List<Door> doors = new ArrayList<>();
        wanted.forEach(place -> Optional.ofNullable(open.get(place)).ifPresent(doors::add));
        return doors;
    }

    void takersChanged() {
        open.values().forEach(OpenDoor::takerChanged);
    }

    void close() {
        watch.shutdownNow();
        try {
            if (!watch.awaitTermination(2, TimeUnit.SECONDS)) {
                LOG.debug("the watch over the interfaces is still ending");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        open.values().forEach(OpenDoor::close);
        open.clear();
    }

    /** What is never done without. */
    private List<Place> places() {
        return settings.interfaces().stream()
                .flatMap(link -> settings.doors().stream().map(door -> new Place(link, door)))
                .toList();
    }

    private List<Place> places(String link, List<Inet6Address> ipv6) {
        List<Place> places = new ArrayList<>();
        for (Settings.DoorPort door : settings.doors()) {
            places.add(new Place(link, door));
            if (!door.isOfIpv4Alone()) {
                ipv6.forEach(address -> places.add(new Place(link, door, Optional.of(address))));
            }
        }
        return places;
    }

    private void look() {
        try {
            Map<String, Link> links = new HashMap<>();
            List<Place> places = new ArrayList<>();
            for (String name : settings.interfaces()) {
                List<Inet6Address> ipv6 = settings.ipv6() ? Links.ipv6(name) : List.of();
                find(name, ipv6).ifPresent(link -> {
                    links.put(name, link);
                    places.addAll(places(name, ipv6));
                });
            }
            wanted = places;
            open.entrySet().removeIf(door -> isClosed(door.getKey(), door.getValue(), links));
            places.forEach(place -> keep(place, links.get(place.link())));
            tellReady();
            complaints.remove(WATCH);
        } catch (RuntimeException | LinkageError e) { // tellReady asks takers, whose bundle may be going
            if (complaints.put(WATCH, e.toString()) == null) {
                LOG.error(
                        "the sockets are not looked after ({}): this is a fault of the server; restart it if it does"
                                + " not follow its interfaces, and report it with data/log/traces.log",
                        e.toString(),
                        e);
            }
        }
    }

    private Optional<Link> find(String name, List<Inet6Address> ipv6) {
        try {
            Optional<Link> link = Links.find(name);
            if (link.isEmpty() && !Links.exists(name)) {
                complain(
                        name,
                        "etc/" + SocketOwner.PID + ".cfg: interfaces = " + name
                                + ": there is no such interface; name one that `ip -brief link` shows (this is tried again all"
                                + " the time)");
            } else if (link.isEmpty() || link.get().addresses().isEmpty()) {
                complain(
                        name,
                        "interface " + name + " has no IPv4 address yet; waiting: give it one, such as"
                                + " `ip address add 192.0.2.1/24 dev " + name + "`");
            } else {
                settle(name);
            }
            tellAddresses(name, link.map(Link::addresses).orElse(List.of()), ipv6);
            return link;
        } catch (SocketException e) {
            complain(
                    name,
                    "cannot look at interface " + name + ": " + e.getMessage()
                            + "; check that the server may see it (container, network namespace); this is tried again all the"
                            + " time");
            return Optional.empty();
        }
    }

    private void tellAddresses(String name, List<LinkAddress> ipv4, List<Inet6Address> ipv6) {
        String now = Stream.concat(
                        ipv4.stream().map(LinkAddress::toString), ipv6.stream().map(NetUtil::toAddressString))
                .collect(Collectors.joining(", "));
        if (!now.isEmpty() && !now.equals(told.put(name, now))) {
            LOG.info("{} is served from {}", name, now);
        }
    }

    /** Whether a door had to be closed: what it was bound to is no more. */
    private boolean isClosed(Place place, OpenDoor door, Map<String, Link> links) {
        Link link = links.get(place.link());
        if (link != null && link.index() == door.link().index() && wanted.contains(place)) {
            return false;
        }
        LOG.info("closing {}: its interface or its address is gone", place);
        door.close();
        return true;
    }

    private void keep(Place place, Link link) {
        OpenDoor door = open.get(place);
        if (door != null) {
            door.see(link);
        } else {
            bind(place, link);
        }
    }

    private void bind(Place place, Link link) {
        try {
            OpenDoor door = OpenDoor.bind(
                    place.door(),
                    link,
                    place.ipv6(),
                    settings.receiveBuffer(),
                    loops,
                    () -> takers.of(place.door().name()));
            open.put(place, door);
            door.takerChanged();
            settle(place.toString());
            LOG.debug("open: {} ({})", place, loops.transport());
        } catch (Exception e) { // Netty throws the kernel's checked exceptions without declaring them
            if (place.ipv6().isPresent() && isNoIpv6(e)) {
                LOG.debug("{} waits: {}", place, e.toString());
            } else {
                complain(place.toString(), "cannot open " + place + ": " + cure(place, e));
            }
        }
    }

    /** An address that has just gone, or a server that is not allowed IPv6: IPv4 is served all the same. */
    private static boolean isNoIpv6(Exception failure) {
        String text = String.valueOf(failure.getMessage());
        return text.contains("Cannot assign requested address") || text.contains("Address family not supported");
    }

    private static String cure(Place place, Exception failure) {
        String text = String.valueOf(failure.getMessage());
        int port = place.door().port();
        if (text.contains("Address already in use")) {
            return "another program has the port (see: ss -lntup sport = :" + port + "); stop it, or change "
                    + place.door().name() + ":" + port + " under doors in etc/" + SocketOwner.PID
                    + ".cfg" + shared(place) + " (this is tried again all the time)";
        }
        if (text.contains("Permission denied") || text.contains("not permitted")) {
            return "ports below 1024 need root or the capability CAP_NET_BIND_SERVICE";
        }
        return text;
    }

    /** The other program is asked for in turn: the kernel lets two have one port only if both say so. */
    private static String shared(Place place) {
        Settings.DoorPort door = place.door();
        if (door.protocol() == Settings.Protocol.TCP) {
            return "";
        }
        return door.isShared()
                ? "; that program does not share the port (dnsmasq does with bind-interfaces or bind-dynamic)"
                : "; or let both have it with " + door.name() + ":" + door.port() + "/shared there";
    }

    private void tellReady() {
        List<Place> places = places();
        boolean now = !places.isEmpty()
                && open.keySet().containsAll(places)
                && open.values().stream().allMatch(door -> door.link().address().isPresent())
                && settings.doors().stream().allMatch(door -> takers.of(door.name())
                        .filter(Takers.Taker::isReady)
                        .isPresent());
        if (now && !ready) {
            READY.info(
                    "ready: {}",
                    open().stream()
                            .map(door -> door.name() + " on " + door.link().name() + ' ' + at(door.ipv6()) + "port "
                                    + door.port())
                            .collect(Collectors.joining(", ")));
        }
        ready = now;
    }

    private static String at(Optional<Inet6Address> ipv6) {
        return ipv6.map(address -> NetUtil.toAddressString(address) + ' ').orElse("");
    }

    /** Says a trouble once, until it changes or is over. */
    private void complain(String subject, String trouble) {
        if (!trouble.equals(complaints.put(subject, trouble))) {
            LOG.warn(trouble);
        }
    }

    private void settle(String subject) {
        if (complaints.remove(subject) != null) {
            LOG.info("{}: well again", subject);
        }
    }
}
