package io.slipway.dhcp.proxy;

import io.slipway.boot.MacAddress;
import io.slipway.sockets.DatagramDoor;
import io.slipway.sockets.Link;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks each interface now and then which DHCP servers there are. Foreign OFFERs go to port 68 and may be unicast: a
 * server on port 67 never hears those of others' clients, so it has to be a client itself.
 */
final class Prober implements AutoCloseable {

    /** Who is told of an offer. */
    interface Listener {
        void offered(Segment segment, Inet4Address server, Offer offer);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Prober.class);
    private static final long PERIOD_MILLIS = 1000;

    private final Supplier<List<DatagramDoor>> doors;
    private final Listener listener;
    private final Runnable afterLook;
    private final ScheduledThreadPoolExecutor thread;
    private final Map<String, Long> dueNanos = new ConcurrentHashMap<>();
    private final Map<String, Probe> running = new ConcurrentHashMap<>();
    private final Map<String, Boolean> looked = new ConcurrentHashMap<>();
    private final Map<String, String> complaints = new ConcurrentHashMap<>();
    private volatile Duration interval = Duration.ZERO;

    /**
     * @param doors on which DHCP is served
     * @param afterLook runs every second
     */
    Prober(Supplier<List<DatagramDoor>> doors, Listener listener, Runnable afterLook) {
        this.doors = doors;
        this.listener = listener;
        this.afterLook = afterLook;
        thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread started = new Thread(task, "slipway-dhcp-probe");
            started.setDaemon(true);
            return started;
        });
    }

    void start() {
        Future<?> unused = thread.scheduleWithFixedDelay(this::look, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** @param value zero for no probes */
    void interval(Duration value) {
        interval = value;
    }

    /** There is something new on a link: the next probe is due. */
    void soon(String link) {
        dueNanos.remove(link);
    }

    /** Whether who is on a link is known as well as it can be: probed once, or not to be probed. */
    boolean hasLooked(String link) {
        return interval.isZero() || looked.containsKey(link);
    }

    private void look() {
        try {
            List<DatagramDoor> open = doors.get();
            if (!interval.isZero()) {
                open.stream()
                        .filter(door -> door.link().address().isPresent())
                        .filter(door -> isDue(door.link().name()))
                        .forEach(this::probe);
            }
            looked.keySet().removeIf(link -> open.stream()
                    .noneMatch(door -> door.link().name().equals(link)));
            afterLook.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("the look for DHCP servers failed; the next is in a second", e);
        }
    }

    private boolean isDue(String link) {
        long now = System.nanoTime();
        Long due = dueNanos.get(link);
        if ((due != null && now - due < 0) || running.containsKey(link)) {
            return false;
        }
        // Not in step with the probes of other servers: two that are in mode auto would both give way.
        long spread = (long) (interval.toNanos() * ThreadLocalRandom.current().nextDouble(0.9, 1.1));
        dueNanos.put(link, now + spread);
        return true;
    }

    private void probe(DatagramDoor door) {
        Link link = door.link();
        Optional<byte[]> mac = mac(link.name());
        if (mac.isEmpty()) {
            looked.put(link.name(), true);
            return;
        }
        Probe probe = new Probe(
                Segment.of(link.name()), mac.get(), ThreadLocalRandom.current().nextInt(), listener);
        running.put(link.name(), probe);
        probe.run(door, thread).whenComplete((done, failure) -> {
            running.remove(link.name(), probe);
            looked.put(link.name(), true);
            complain(link.name(), Optional.ofNullable(failure));
        });
    }

    private void complain(String link, Optional<Throwable> failure) {
        if (failure.isEmpty()) {
            complaints.remove(link);
        } else if (!failure.get()
                .toString()
                .equals(complaints.put(link, failure.get().toString()))) {
            LOG.warn(
                    "cannot look for other DHCP servers on {}: {}; if a DHCP client of this host keeps port 68 there (see:"
                            + " ss -lnup sport = :68), give the interface a fixed address, or set probeInterval = 0 in"
                            + " etc/{}.cfg",
                    link,
                    failure.get().getMessage(),
                    Settings.PID);
        }
    }

    private static Optional<byte[]> mac(String link) {
        try {
            return Optional.ofNullable(NetworkInterface.getByName(link))
                    .map(Prober::hardwareAddress)
                    .filter(bytes -> bytes.length == MacAddress.LENGTH);
        } catch (SocketException e) {
            LOG.debug("no hardware address of {}: {}", link, e.getMessage());
            return Optional.empty();
        }
    }

    private static byte[] hardwareAddress(NetworkInterface network) {
        try {
            byte[] address = network.getHardwareAddress();
            return address == null ? new byte[0] : address;
        } catch (SocketException e) {
            return new byte[0];
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        running.values().forEach(Probe::close);
    }
}
