package io.slipway.sockets.internal;

import io.slipway.sockets.internal.SocketOwner.Config;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the administrator chose.
 *
 * @param interfaces names of network interfaces, each once
 * @param doors each name once
 * @param threads event loops, 1 or more
 * @param receiveBuffer of each listening socket, in bytes
 */
record Settings(List<String> interfaces, List<DoorPort> doors, Transport transport, int threads, int receiveBuffer) {

    enum Protocol {
        UDP,
        TCP
    }

    /**
     * A door and its port; port 0 lets the kernel choose.
     *
     * @param isShared whether other programs that share it, too, may have the port
     */
    record DoorPort(String name, int port, Protocol protocol, boolean isShared) {

        private static final Pattern TEXT =
                Pattern.compile("([a-z][a-z0-9-]*):(\\d{1,5})(?:(/tcp)|(?:/udp)?(/shared)?)");

        DoorPort(String name, int port) {
            this(name, port, Protocol.UDP, false);
        }

        DoorPort(String name, int port, Protocol protocol) {
            this(name, port, protocol, false);
        }

        static DoorPort parse(String text) {
            Matcher parts = TEXT.matcher(text);
            if (parts.matches() && Integer.parseInt(parts.group(2)) <= 0xffff) {
                Protocol protocol = parts.group(3) != null ? Protocol.TCP : Protocol.UDP;
                boolean isShared = parts.group(4) != null;
                return new DoorPort(parts.group(1), Integer.parseInt(parts.group(2)), protocol, isShared);
            }
            throw refused(
                    "doors",
                    text,
                    "name:port, name:port/shared or name:port/tcp with a port of 0 to 65535, such as dhcp:67 or"
                            + " http:80/tcp");
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
        List<DoorPort> doors =
                list(config.doors()).stream().map(DoorPort::parse).toList();
        requireEachOnce("doors", doors.stream().map(DoorPort::name).toList());
        int threads = number("threads", config.threads(), 0, 64, "0 (as many as processors) to 64");
        int receiveBuffer =
                number("receiveBuffer", config.receiveBuffer(), 65_536, Integer.MAX_VALUE, "65536 bytes or more");
        int loops = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
        return new Settings(interfaces, doors, transport(config.transport()), loops, receiveBuffer);
    }

    private static int number(String key, String text, int least, int most, String expected) {
        try {
            int value = Integer.parseInt(text.strip());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw refused(key, text, expected);
        }
        throw refused(key, text, expected);
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
            Arrays.stream(value.split(","))
                    .map(String::strip)
                    .filter(item -> !item.isEmpty())
                    .forEach(items::add);
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
