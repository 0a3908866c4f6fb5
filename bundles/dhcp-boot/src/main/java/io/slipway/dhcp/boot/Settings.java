package io.slipway.dhcp.boot;

import io.slipway.boot.BootClient;
import io.slipway.dhcp.codec.Addresses;
import java.net.Inet4Address;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code etc/io.slipway.dhcp.boot.cfg} says.
 *
 * @param leads who is led how, whatever its firmware is; the first that fits counts
 */
record Settings(Optional<Inet4Address> nextServer, Map<Lead, List<ClientPattern>> leads) {

    Settings(Optional<Inet4Address> nextServer) {
        this(nextServer, Map.of());
    }

    static Settings of(BootHandler.Config config) {
        Map<Lead, List<ClientPattern>> leads = new LinkedHashMap<>();
        leads.put(Lead.MENU, patterns("menu", config.menu()));
        leads.put(Lead.ASK, patterns("ask", config.ask()));
        leads.put(Lead.STRAIGHT, patterns("straight", config.straight()));
        return new Settings(nextServer(config.nextServer().strip()), leads);
    }

    private static Optional<Inet4Address> nextServer(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Addresses.parse(text));
        } catch (IllegalArgumentException e) {
            throw refused("nextServer", text, "an IPv4 address such as 192.0.2.1, or nothing", e);
        }
    }

    private static List<ClientPattern> patterns(String key, String... texts) {
        return Arrays.stream(texts)
                .flatMap(text -> Arrays.stream(text.split(",")))
                .filter(text -> !text.isBlank())
                .map(text -> pattern(key, text.strip()))
                .toList();
    }

    private static ClientPattern pattern(String key, String text) {
        try {
            return new ClientPattern(text);
        } catch (IllegalArgumentException e) {
            throw refused(
                    key, text, "MAC addresses, architectures such as uefi-x64, or option 60; * and ? are wildcards", e);
        }
    }

    private static IllegalArgumentException refused(String key, String text, String expected, Exception cause) {
        return new IllegalArgumentException(
                "etc/" + BootHandler.PID + ".cfg: " + key + " = '" + text + "'; expected " + expected, cause);
    }

    /** How a client is led, where that is configured. */
    Optional<Lead> lead(BootClient client) {
        return leads.entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(pattern -> pattern.matches(client)))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
