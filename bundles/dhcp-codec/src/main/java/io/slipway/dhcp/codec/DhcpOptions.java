package io.slipway.dhcp.codec;

import static io.slipway.dhcp.codec.OptionType.ADDRESS;
import static io.slipway.dhcp.codec.OptionType.ADDRESSES;
import static io.slipway.dhcp.codec.OptionType.BYTES;
import static io.slipway.dhcp.codec.OptionType.SECONDS;
import static io.slipway.dhcp.codec.OptionType.STRING;
import static io.slipway.dhcp.codec.OptionType.UINT16;
import static io.slipway.dhcp.codec.OptionType.UINT8;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The options that Slipway knows by name, one line each: IANA's code and name, and the wire type. */
public final class DhcpOptions {

    private static final Map<Integer, DhcpOption<?>> TABLE = new TreeMap<>();

    // RFC 2132
    public static final DhcpOption<Inet4Address> SUBNET_MASK = option(1, "subnet-mask", ADDRESS);
    public static final DhcpOption<List<Inet4Address>> ROUTERS = option(3, "routers", ADDRESSES);
    public static final DhcpOption<List<Inet4Address>> DOMAIN_NAME_SERVERS =
            option(6, "domain-name-servers", ADDRESSES);
    public static final DhcpOption<String> HOST_NAME = option(12, "host-name", STRING);
    public static final DhcpOption<String> DOMAIN_NAME = option(15, "domain-name", STRING);
    public static final DhcpOption<String> ROOT_PATH = option(17, "root-path", STRING);
    public static final DhcpOption<Inet4Address> BROADCAST_ADDRESS = option(28, "broadcast-address", ADDRESS);
    public static final DhcpOption<List<Inet4Address>> NTP_SERVERS = option(42, "ntp-servers", ADDRESSES);
    public static final DhcpOption<byte[]> VENDOR_ENCAPSULATED_OPTIONS =
            option(43, "vendor-encapsulated-options", BYTES);
    public static final DhcpOption<Inet4Address> DHCP_REQUESTED_ADDRESS = option(50, "dhcp-requested-address", ADDRESS);
    public static final DhcpOption<Duration> DHCP_LEASE_TIME = option(51, "dhcp-lease-time", SECONDS);
    public static final DhcpOption<Integer> DHCP_OPTION_OVERLOAD = option(52, "dhcp-option-overload", UINT8);
    public static final DhcpOption<Integer> DHCP_MESSAGE_TYPE = option(53, "dhcp-message-type", UINT8);
    public static final DhcpOption<Inet4Address> DHCP_SERVER_IDENTIFIER = option(54, "dhcp-server-identifier", ADDRESS);
    public static final DhcpOption<byte[]> DHCP_PARAMETER_REQUEST_LIST =
            option(55, "dhcp-parameter-request-list", BYTES);
    public static final DhcpOption<String> DHCP_MESSAGE = option(56, "dhcp-message", STRING);
    public static final DhcpOption<Integer> DHCP_MAX_MESSAGE_SIZE = option(57, "dhcp-max-message-size", UINT16);
    public static final DhcpOption<Duration> DHCP_RENEWAL_TIME = option(58, "dhcp-renewal-time", SECONDS);
    public static final DhcpOption<Duration> DHCP_REBINDING_TIME = option(59, "dhcp-rebinding-time", SECONDS);
    public static final DhcpOption<String> VENDOR_CLASS_IDENTIFIER = option(60, "vendor-class-identifier", STRING);
    public static final DhcpOption<byte[]> DHCP_CLIENT_IDENTIFIER = option(61, "dhcp-client-identifier", BYTES);
    public static final DhcpOption<String> TFTP_SERVER_NAME = option(66, "tftp-server-name", STRING);
    public static final DhcpOption<String> BOOT_FILE_NAME = option(67, "boot-file-name", STRING);
    // RFC 3004; firmware sends plain text instead of the RFC's counted strings
    public static final DhcpOption<byte[]> USER_CLASS = option(77, "user-class", BYTES);
    // RFC 3046
    public static final DhcpOption<byte[]> DHCP_AGENT_OPTIONS = option(82, "dhcp-agent-options", BYTES);
    // RFC 4578
    public static final DhcpOption<byte[]> CLIENT_SYSTEM_ARCHITECTURE = option(93, "client-system-architecture", BYTES);
    public static final DhcpOption<byte[]> CLIENT_NETWORK_INTERFACE = option(94, "client-network-interface", BYTES);
    public static final DhcpOption<byte[]> CLIENT_MACHINE_IDENTIFIER = option(97, "client-machine-identifier", BYTES);
    // iPXE's own encapsulated options
    public static final DhcpOption<byte[]> ETHERBOOT = option(175, "etherboot", BYTES);

    private DhcpOptions() {}

    /** The option of a code, if it is in the table. */
    public static Optional<DhcpOption<?>> of(int code) {
        return Optional.ofNullable(TABLE.get(code));
    }

    /** The option of IANA's name, if it is in the table. */
    public static Optional<DhcpOption<?>> named(String name) {
        return TABLE.values().stream()
                .filter(option -> option.name().equals(name))
                .findFirst();
    }

    /** All of the table, by code. */
    public static Collection<DhcpOption<?>> all() {
        return Collections.unmodifiableCollection(TABLE.values());
    }

    private static <T> DhcpOption<T> option(int code, String name, OptionType<T> type) {
        DhcpOption<T> option = new DhcpOption<>(code, name, type);
        if (TABLE.put(code, option) != null) {
            throw new IllegalStateException("option " + code + " is in the table twice");
        }
        return option;
    }
}
