package io.slipway.dhcp.proxy;

import io.slipway.dhcp.codec.Addresses;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code etc/io.slipway.dhcp.proxy.cfg} says.
 *
 * @param mode where nothing else is said
 * @param ofLinks by interface
 * @param ofRelays by network of relay agents
 * @param silence after which a foreign server counts as gone
 * @param probeInterval zero for no probes
 * @param replyDelay how long an OFFER of the proxy waits
 * @param known foreign servers that may be there
 */
record Settings(
        Mode mode,
        Map<String, Mode> ofLinks,
        Map<Network, Mode> ofRelays,
        Duration silence,
        Duration probeInterval,
        Duration replyDelay,
        Set<Inet4Address> known) {

    static final String PID = "io.slipway.dhcp.proxy";

    private static final String MODE_OF = "mode.";
    private static final Pattern TIME = Pattern.compile("(\\d{1,7})\\s*([smhd]?)");
    private static final Map<String, Integer> SECONDS = Map.of("", 1, "s", 1, "m", 60, "h", 3600, "d", 86400);
    /** iPXE waits 2 s for a proxy, EDK2 4 s. */
    private static final int MOST_DELAY_MILLIS = 2000;

    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(10);

    Settings {
        ofLinks = Map.copyOf(ofLinks);
        ofRelays = Map.copyOf(ofRelays);
        known = Set.copyOf(known);
    }

    /** @param properties the whole of the configuration, for the keys that name a place */
    static Settings of(SegmentModes.Config config, Map<String, Object> properties) {
        Map<String, Mode> ofLinks = new HashMap<>();
        Map<Network, Mode> ofRelays = new HashMap<>();
        properties.forEach((key, value) -> {
            if (key.startsWith(MODE_OF)) {
                Mode mode = mode(key, String.valueOf(value));
                String place = key.substring(MODE_OF.length());
                if (place.contains("/")) {
                    ofRelays.put(network(key, place, value), mode);
                } else {
                    ofLinks.put(place, mode);
                }
            }
        });
        Duration probeInterval = time("probeInterval", config.probeInterval());
        if (!probeInterval.isZero() && probeInterval.compareTo(SHORTEST_INTERVAL) < 0) {
            throw refused("probeInterval", config.probeInterval(), "0, or a time of 10s or more");
        }
        Duration silence = time("silence", config.silence());
        if (silence.isZero() || silence.compareTo(probeInterval) <= 0) {
            throw refused("silence", config.silence(), "a time such as 15m, longer than probeInterval");
        }
        return new Settings(
                mode("mode", config.mode()),
                ofLinks,
                ofRelays,
                silence,
                probeInterval,
                replyDelay(config.replyDelayMillis()),
                addresses(config.known()));
    }

    private static Duration replyDelay(String text) {
        if (!text.strip().matches("\\d{1,4}") || Integer.parseInt(text.strip()) > MOST_DELAY_MILLIS) {
            throw refused("replyDelayMillis", text, "0 to " + MOST_DELAY_MILLIS);
        }
        return Duration.ofMillis(Integer.parseInt(text.strip()));
    }

    private static Mode mode(String key, String text) {
        return Mode.parse(text).orElseThrow(() -> refused(key, text, "server, proxy or auto"));
    }

    private static Network network(String key, String place, Object value) {
        try {
            return Network.parse(place);
        } catch (IllegalArgumentException e) {
            IllegalArgumentException refusal = refused(
                    key, value, "mode.INTERFACE, or mode.NETWORK such as mode.198.51.100.0/24 without host bits set");
            refusal.initCause(e);
            throw refusal;
        }
    }

    private static Duration time(String key, String text) {
        Matcher matcher = TIME.matcher(text.strip());
        if (!matcher.matches()) {
            throw refused(key, text, "a time such as 45s, 30m or 12h");
        }
        return Duration.ofSeconds(Long.parseLong(matcher.group(1)) * SECONDS.get(matcher.group(2)));
    }

    private static Set<Inet4Address> addresses(String... texts) {
        Set<Inet4Address> addresses = new HashSet<>();
        Arrays.stream(texts)
                .flatMap(text -> Arrays.stream(text.split("[,\\s]+")))
                .filter(text -> !text.isEmpty())
                .forEach(text -> addresses.add(address(text)));
        return addresses;
    }

    private static Inet4Address address(String text) {
        try {
            return Addresses.parse(text);
        } catch (IllegalArgumentException e) {
            IllegalArgumentException refusal = refused("known", text, "IPv4 addresses such as 192.0.2.1");
            refusal.initCause(e);
            throw refusal;
        }
    }

    private static IllegalArgumentException refused(String key, Object value, String expected) {
        return new IllegalArgumentException("etc/" + PID + ".cfg: " + key + " = '" + value + "'; expected " + expected);
    }

    /** Whether this is the server of every segment, and nothing is to be looked at. */
    boolean isServerOnly() {
        return mode == Mode.SERVER && ofLinks.isEmpty() && ofRelays.isEmpty();
    }

    /** As it is configured: behind a relay agent the smallest network that holds it, else the interface. */
    Mode of(Segment segment) {
        Optional<Mode> special = segment.relay().isPresent()
                ? ofRelays.entrySet().stream()
                        .filter(entry -> entry.getKey().contains(segment.relay().get()))
                        .max(Comparator.comparingInt(entry -> entry.getKey().prefix()))
                        .map(Map.Entry::getValue)
                : Optional.ofNullable(ofLinks.get(segment.link()));
        return special.orElse(mode);
    }
}
