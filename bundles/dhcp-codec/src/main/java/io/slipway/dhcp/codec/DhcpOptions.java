package io.slipway.dhcp.codec;

import static io.slipway.dhcp.codec.OptionType.ADDRESS;
import static io.slipway.dhcp.codec.OptionType.ADDRESSES;
import static io.slipway.dhcp.codec.OptionType.ADDRESS_PAIRS;
import static io.slipway.dhcp.codec.OptionType.BOOLEAN;
import static io.slipway.dhcp.codec.OptionType.BYTES;
import static io.slipway.dhcp.codec.OptionType.DOMAIN_NAMES;
import static io.slipway.dhcp.codec.OptionType.FLAG;
import static io.slipway.dhcp.codec.OptionType.INT32;
import static io.slipway.dhcp.codec.OptionType.ROUTES;
import static io.slipway.dhcp.codec.OptionType.SECONDS;
import static io.slipway.dhcp.codec.OptionType.STRING;
import static io.slipway.dhcp.codec.OptionType.UINT16;
import static io.slipway.dhcp.codec.OptionType.UINT16S;
import static io.slipway.dhcp.codec.OptionType.UINT8;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The options that Slipway knows by name, one line each: IANA's code, the name by which Kea and
 * ISC dhcpd call it, and the type. */
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
    // RFC 3011
    public static final DhcpOption<Inet4Address> SUBNET_SELECTION = option(118, "subnet-selection", ADDRESS);
    // RFC 3442
    public static final DhcpOption<List<ClasslessRoute>> CLASSLESS_STATIC_ROUTES =
            option(121, "classless-static-routes", ROUTES);
    // iPXE's own encapsulated options
    public static final DhcpOption<byte[]> ETHERBOOT = option(175, "etherboot", BYTES);

    static {
        // RFC 2132
        option(2, "time-offset", INT32);
        option(4, "time-servers", ADDRESSES);
        option(5, "name-servers", ADDRESSES);
        option(7, "log-servers", ADDRESSES);
        option(8, "cookie-servers", ADDRESSES);
        option(9, "lpr-servers", ADDRESSES);
        option(10, "impress-servers", ADDRESSES);
        option(11, "resource-location-servers", ADDRESSES);
        option(13, "boot-size", UINT16);
        option(14, "merit-dump", STRING);
        option(16, "swap-server", ADDRESS);
        option(18, "extensions-path", STRING);
        option(19, "ip-forwarding", BOOLEAN);
        option(20, "non-local-source-routing", BOOLEAN);
        option(21, "policy-filter", ADDRESS_PAIRS);
        option(22, "max-dgram-reassembly", UINT16);
        option(23, "default-ip-ttl", UINT8);
        option(24, "path-mtu-aging-timeout", SECONDS);
        option(25, "path-mtu-plateau-table", UINT16S);
        option(26, "interface-mtu", UINT16);
        option(27, "all-subnets-local", BOOLEAN);
        option(29, "perform-mask-discovery", BOOLEAN);
        option(30, "mask-supplier", BOOLEAN);
        option(31, "router-discovery", BOOLEAN);
        option(32, "router-solicitation-address", ADDRESS);
        option(33, "static-routes", ADDRESS_PAIRS);
        option(34, "trailer-encapsulation", BOOLEAN);
        option(35, "arp-cache-timeout", SECONDS);
        option(36, "ieee802-3-encapsulation", BOOLEAN);
        option(37, "default-tcp-ttl", UINT8);
        option(38, "tcp-keepalive-interval", SECONDS);
        option(39, "tcp-keepalive-garbage", BOOLEAN);
        option(40, "nis-domain", STRING);
        option(41, "nis-servers", ADDRESSES);
        option(44, "netbios-name-servers", ADDRESSES);
        option(45, "netbios-dd-server", ADDRESSES);
        option(46, "netbios-node-type", UINT8);
        option(47, "netbios-scope", STRING);
        option(48, "font-servers", ADDRESSES);
        option(49, "x-display-manager", ADDRESSES);
        option(64, "nisplus-domain-name", STRING);
        option(65, "nisplus-servers", ADDRESSES);
        option(68, "mobile-ip-home-agent", ADDRESSES);
        option(69, "smtp-server", ADDRESSES);
        option(70, "pop-server", ADDRESSES);
        option(71, "nntp-server", ADDRESSES);
        option(72, "www-server", ADDRESSES);
        option(73, "finger-server", ADDRESSES);
        option(74, "irc-server", ADDRESSES);
        option(75, "streettalk-server", ADDRESSES);
        option(76, "streettalk-directory-assistance-server", ADDRESSES);
        // RFC 2242
        option(62, "nwip-domain-name", STRING);
        option(63, "nwip-suboptions", BYTES);
        // RFC 2610
        option(78, "slp-directory-agent", BYTES);
        option(79, "slp-service-scope", BYTES);
        // RFC 4039
        option(80, "rapid-commit", FLAG);
        // RFC 4702
        option(81, "fqdn", BYTES);
        // RFC 4174
        option(83, "isns", BYTES);
        // RFC 2241
        option(85, "nds-servers", ADDRESSES);
        option(86, "nds-tree-name", STRING);
        option(87, "nds-context", STRING);
        // RFC 4280
        option(88, "bcms-controller-names", DOMAIN_NAMES);
        option(89, "bcms-controller-address", ADDRESSES);
        // RFC 3118
        option(90, "authenticate", BYTES);
        // RFC 4388
        option(91, "client-last-transaction-time", SECONDS);
        option(92, "associated-ip", ADDRESSES);
        // RFC 2485
        option(98, "uap-servers", STRING);
        // RFC 4776
        option(99, "geoconf-civic", BYTES);
        // RFC 4833
        option(100, "pcode", STRING);
        option(101, "tcode", STRING);
        // RFC 8925
        option(108, "v6-only-preferred", SECONDS);
        // RFC 3679: assigned, never specified, in use
        option(112, "netinfo-server-address", ADDRESSES);
        option(113, "netinfo-server-tag", STRING);
        // RFC 8910
        option(114, "v4-captive-portal", STRING);
        // RFC 2563
        option(116, "auto-config", UINT8);
        // RFC 2937
        option(117, "name-service-search", UINT16S);
        // RFC 3397
        option(119, "domain-search", DOMAIN_NAMES);
        // RFC 3361
        option(120, "sip-servers", BYTES);
        // RFC 3925
        option(124, "vivco-suboptions", BYTES);
        option(125, "vivso-suboptions", BYTES);
        // RFC 5192
        option(136, "pana-agent", ADDRESSES);
        // RFC 5223
        option(137, "v4-lost", DOMAIN_NAMES);
        // RFC 5417
        option(138, "capwap-ac-v4", ADDRESSES);
        // RFC 5678
        option(139, "mos-address", BYTES);
        option(140, "mos-fqdn", BYTES);
        // RFC 6011
        option(141, "sip-ua-cs-domains", DOMAIN_NAMES);
        // RFC 6153
        option(142, "andsf-address", ADDRESSES);
        // RFC 8572
        option(143, "v4-sztp-redirect", BYTES);
        // RFC 6225
        option(144, "geoloc", BYTES);
        // RFC 6731
        option(146, "rdnss-selection", BYTES);
        // RFC 5859
        option(150, "tftp-server-address", ADDRESSES);
        // RFC 7618
        option(159, "v4-portparams", BYTES);
        // RFC 9463
        option(162, "v4-dnr", BYTES);
        // RFC 5071
        option(208, "pxelinux-magic", BYTES);
        option(209, "pxelinux-configuration-file", STRING);
        option(210, "pxelinux-path-prefix", STRING);
        option(211, "pxelinux-reboot-time", SECONDS);
        // RFC 5969
        option(212, "v4-6rd", BYTES);
        // RFC 5986
        option(213, "v4-access-domain", DOMAIN_NAMES);
        // Microsoft's of before RFC 3442
        option(249, "ms-classless-static-routes", ROUTES);
        // web proxy auto-discovery, never standardised
        option(252, "wpad-url", STRING);
    }

    private DhcpOptions() {}

    /** The option of a code, if it is in the table. */
    public static Optional<DhcpOption<?>> of(int code) {
        return Optional.ofNullable(TABLE.get(code));
    }

    /** The option of a name, if it is in the table. */
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
