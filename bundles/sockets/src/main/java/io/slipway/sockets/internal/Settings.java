package io.slipway.sockets.internal;

import io.netty.util.NetUtil;
import io.slipway.sockets.internal.SocketOwner.Config;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the administrator chose.
 *
 * @param interfaces names of network interfaces, each once
 * @param doors each name once
 * @param ipv6 whether the doors that are not of DHCP are open at the interfaces' IPv6 addresses, too
 * @param threads event loops, 1 or more
 * @param receiveBuffer of each listening socket, in bytes
 * @param polling how long an event loop looks for packets before it sleeps, while few conversations are held;
 *     microseconds, 0: not at all
 * @param bandwidth of boot files, in bytes a second; empty: no limit
 * @param subnetBandwidth the same for each subnet that has a limit
 */
record Settings(
        List<String> interfaces,
        List<DoorPort> doors,
        boolean ipv6,
        Transport transport,
        int threads,
        int receiveBuffer,
        int polling,
        OptionalLong bandwidth,
        Map<Prefix, Long> subnetBandwidth) {

    private static final Pattern RATE = Pattern.compile("(\\d{1,12})([kMG]?)");
    private static final Pattern SUBNET_RATE = Pattern.compile("([0-9A-Fa-f.:]+)/(\\d{1,3}) *: *(\\S+)");
    private static final String RATES = "bytes a second, such as 50M or 1G";

    /** With IPv4 alone, and without limits of the bandwidth. */
    Settings(
            List<String> interfaces,
            List<DoorPort> doors,
            Transport transport,
            int threads,
            int receiveBuffer,
            int polling) {
        this(interfaces, doors, false, transport, threads, receiveBuffer, polling, OptionalLong.empty(), Map.of());
    }

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

        /** DHCPv6 is another protocol, on other ports (RFC 8415 section 7.2). */
        private static final Set<String> OF_DHCP = Set.of("dhcp", "pxe");

        DoorPort(String name, int port) {
            this(name, port, Protocol.UDP, false);
        }

        DoorPort(String name, int port, Protocol protocol) {
            this(name, port, protocol, false);
        }

        boolean isOfIpv4Alone() {
            return OF_DHCP.contains(name);
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
        int polling = number("polling", config.polling(), 0, 1000, "0 (never) to 1000 microseconds");
        long total = rate("bandwidth", config.bandwidth(), config.bandwidth(), 0);
        return new Settings(
                interfaces,
                doors,
                yesOrNo("ipv6", config.ipv6()),
                transport(config.transport()),
                loops,
                receiveBuffer,
                polling,
                total == 0 ? OptionalLong.empty() : OptionalLong.of(total),
                subnetRates(config.subnetBandwidth()));
    }

    private static Map<Prefix, Long> subnetRates(String[] values) {
        Map<Prefix, Long> rates = new LinkedHashMap<>();
        for (String value : list(values)) {
            Matcher parts = SUBNET_RATE.matcher(value);
            Prefix subnet = Optional.of(parts)
                    .filter(Matcher::matches)
                    .flatMap(all -> prefix(all.group(1), Integer.parseInt(all.group(2))))
                    .orElseThrow(() -> refused(
                            "subnetBandwidth",
                            value,
                            "subnets and " + RATES + ", such as 10.1.0.0/16:50M, 2001:db8:1::/64:1G"));
            rates.put(subnet, rate("subnetBandwidth", value, parts.group(3), 1));
        }
        return rates;
    }

    private static Optional<Prefix> prefix(String address, int length) {
        try {
            byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
            return bytes == null ? Optional.empty() : Optional.of(new Prefix(InetAddress.getByAddress(bytes), length));
        } catch (UnknownHostException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static long rate(String key, String value, String text, long least) {
        Matcher parts = RATE.matcher(text.strip());
        if (parts.matches()) {
            long factor =
                    switch (parts.group(2)) {
                        case "k" -> 1_000;
                        case "M" -> 1_000_000;
                        case "G" -> 1_000_000_000;
                        default -> 1;
                    };
            long rate = Long.parseLong(parts.group(1)) * factor;
            if (rate >= least && Long.parseLong(parts.group(1)) < 1_000_000_000) {
                return rate;
            }
        }
        throw refused(key, value, (least == 0 ? "0 for no limit, or " : "") + RATES);
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

    private static boolean yesOrNo(String key, String text) {
        return switch (text.strip()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refused(key, text, "true or false");
        };
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
