package io.slipway.sockets.internal;

import io.slipway.sockets.internal.SocketOwner.Config;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/**
 * What the administrator chose.
 *
 * @param interfaces names of network interfaces, each once
 * @param doors each name once
 * @param threads event loops, 1 or more
 * @param receiveBuffer of each listening socket, in bytes
 */
record Settings(List<String> interfaces, List<DoorPort> doors, Transport transport, int threads, int receiveBuffer) {

    /** A door and its port; port 0 lets the kernel choose. */
    record DoorPort(String name, int port) {
        static DoorPort parse(String text) {
            String[] parts = text.split(":", -1);
            if (parts.length == 2 && parts[0].matches("[a-z][a-z0-9-]*") && parts[1].matches("\\d{1,5}")) {
                int port = Integer.parseInt(parts[1]);
                if (port <= 0xffff) {
                    return new DoorPort(parts[0], port);
                }
            }
            throw refused("doors", text, "name:port with a port of 0 to 65535, such as dhcp:67");
        }
    }

    enum Transport {
        AUTO,
        EPOLL,
        NIO
    }

    static Settings of(Config config) {
        List<String> interfaces = list(config.interfaces());
        for (String name : interfaces) {
            if (!name.matches("[^\\s/:]{1,15}")) {
                throw refused("interfaces", name, "names of network interfaces, such as eth0 (see: ip link)");
            }
        }
        requireEachOnce("interfaces", interfaces);
        List<DoorPort> doors = list(config.doors()).stream().map(DoorPort::parse).toList();
        requireEachOnce("doors", doors.stream().map(DoorPort::name).toList());
        if (config.threads() < 0 || config.threads() > 64) {
            throw refused("threads", config.threads(), "0 (as many as processors) to 64");
        }
        if (config.receiveBuffer() < 65_536) {
            throw refused("receiveBuffer", config.receiveBuffer(), "65536 bytes or more");
        }
        int threads = config.threads() == 0 ? Runtime.getRuntime().availableProcessors() : config.threads();
        return new Settings(interfaces, doors, transport(config.transport()), threads, config.receiveBuffer());
    }

    private static Transport transport(String text) {
        return Arrays.stream(Transport.values())
                .filter(value -> value.name().equals(text.strip().toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> refused("transport", text, "auto, epoll or nio"));
    }

    private static List<String> list(String[] values) {
        List<String> items = new ArrayList<>();
        for (String value : values) {
            Arrays.stream(value.split(",")).map(String::strip).filter(item -> !item.isEmpty()).forEach(items::add);
        }
        return List.copyOf(items);
    }

    private static void requireEachOnce(String key, List<String> values) {
        if (new HashSet<>(values).size() != values.size()) {
            throw refused(key, values, "each name once");
        }
    }

    private static IllegalArgumentException refused(String key, Object value, String expected) {
        return new IllegalArgumentException(
                "etc/" + SocketOwner.PID + ".cfg: " + key + " = " + value + "; expected " + expected);
    }
}
