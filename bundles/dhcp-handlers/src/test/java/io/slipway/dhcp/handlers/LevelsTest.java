package io.slipway.dhcp.handlers;

import static io.slipway.dhcp.handlers.Chain.discover;
import static io.slipway.dhcp.handlers.Chain.ip;
import static io.slipway.dhcp.handlers.Chain.mac;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slipway.boot.Machine;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpOptions;
import io.slipway.dhcp.codec.OptionType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Machine over group over subnet over global, for each option and each time. */
class LevelsTest {

    private static final byte[] ASKS = {26, 42, 119, 121, (byte) 224};

    private final Chain chain = Chain.fresh();

    private void serve(Map<String, String> global, Map<String, String> subnet, Group... groups) {
        Map<String, String> keys = new HashMap<>(subnet);
        keys.put("subnet", "192.0.2.0/24");
        keys.put("range", "192.0.2.100-192.0.2.119");
        chain.serve(new Networks(
                List.of(Chain.subnet(keys)),
                List.of(groups),
                OptionsFile.parse(new ConfigFile(OptionsFile.PID, "", global))));
    }

    private static Group group(String name, Map<String, String> keys) {
        return GroupFile.parse(new ConfigFile(GroupFile.PID, name, keys));
    }

    private DhcpMessage offer(DhcpMessage.Builder request) {
        return chain.send(request.bytes(55, ASKS)).orElseThrow();
    }

    private static Optional<Integer> mtu(DhcpMessage reply) {
        return reply.bytes(26).map(OptionType.UINT16.decode());
    }

    @Test
    void theNearestLevelWins() {
        serve(
                Map.of("option.interface-mtu", "1000", "leaseTime", "8h"),
                Map.of("option.interface-mtu", "2000"),
                group("b", Map.of("match.mac", "52:54:00:00:00:02, *:03", "option.interface-mtu", "3000")),
                group("c", Map.of("match.vendorClass", "rack *", "option.interface-mtu", "4000", "leaseTime", "5m")));
        chain.requesters.machines = new OneMachine(Machine.builder("m3")
                .mac(mac(3))
                .dhcpOption("interface-mtu", "5000")
                .dhcpOption("224.string", "mine")
                .dhcpOption("nosuch", "1")
                .leaseTime(Duration.ofMinutes(9))
                .build());
        assertEquals(Optional.of(2000), mtu(offer(discover(mac(1)))), "subnet over global");
        assertEquals(Optional.of(3000), mtu(offer(discover(mac(2)))), "group over subnet");
        DhcpMessage both = offer(discover(mac(2)).option(DhcpOptions.VENDOR_CLASS_IDENTIFIER, "Rack 7"));
        assertEquals(Optional.of(3000), mtu(both), "of two groups the first by name");
        assertEquals(
                Optional.of(Duration.ofMinutes(5)), both.option(DhcpOptions.DHCP_LEASE_TIME), "what it leaves open");
        DhcpMessage machine = offer(discover(mac(3)));
        assertEquals(Optional.of(5000), mtu(machine), "machine over group");
        assertEquals(Optional.of("mine"), machine.bytes(224).map(OptionType.STRING.decode()));
        assertEquals(Optional.of(Duration.ofMinutes(9)), machine.option(DhcpOptions.DHCP_LEASE_TIME));
        assertEquals(
                Optional.of(Duration.ofHours(8)),
                offer(discover(mac(1))).option(DhcpOptions.DHCP_LEASE_TIME),
                "global");
    }

    @Test
    void anOptionIsToldWhenAskedForOrAlways() {
        serve(
                Map.of("always", "ntp-servers, 224", "option.domain-search", "lab.example"),
                Map.of("ntp", "192.0.2.4", "option.224.uint8", "7", "option.interface-mtu", "1500"));
        DhcpMessage unasked = chain.send(discover(mac(1))).orElseThrow();
        assertEquals(Optional.of(List.of(ip("192.0.2.4"))), unasked.option(DhcpOptions.NTP_SERVERS));
        assertEquals(Optional.of("07"), unasked.bytes(224).map(OptionType.BYTES::text));
        assertEquals(Optional.empty(), mtu(unasked));
        assertEquals(Optional.empty(), unasked.bytes(119).map(OptionType.BYTES::text));
        DhcpMessage asked = offer(discover(mac(1)));
        assertEquals(Optional.of(1500), mtu(asked));
        assertEquals(Optional.of("lab.example"), asked.bytes(119).map(OptionType.DOMAIN_NAMES::text));
    }

    @Test
    void maskBroadcastAndTimesCanBeConfiguredToo() {
        serve(
                Map.of("option.dhcp-renewal-time", "600", "option.dhcp-rebinding-time", "3600"),
                Map.of("option.subnet-mask", "255.255.0.0", "option.broadcast-address", "192.0.255.255"));
        DhcpMessage offer =
                chain.send(discover(mac(1)).bytes(55, new byte[] {28})).orElseThrow();
        assertEquals(Optional.of(ip("255.255.0.0")), offer.option(DhcpOptions.SUBNET_MASK));
        assertEquals(Optional.of(ip("192.0.255.255")), offer.option(DhcpOptions.BROADCAST_ADDRESS));
        assertEquals(Optional.of(Duration.ofMinutes(10)), offer.option(DhcpOptions.DHCP_RENEWAL_TIME));
        assertEquals(
                Optional.of(Duration.ofSeconds(3150)),
                offer.option(DhcpOptions.DHCP_REBINDING_TIME),
                "the configured one is no time before the lease's end");
    }

    @ParameterizedTest
    @CsvSource({
        "PXEClient:Arch:00007:UNDI:003016,120",
        "HTTPClient:Arch:00016,120",
        "MSFT 5.0,3600",
        "'',3600",
    })
    void firmwareHasAShortLeaseWhereThatIsConfigured(String vendorClass, long seconds) {
        serve(Map.of("bootLeaseTime", "2m"), Map.of());
        DhcpMessage.Builder request = discover(mac(1)).bytes(60, vendorClass.getBytes(StandardCharsets.US_ASCII));
        assertEquals(Optional.of(Duration.ofSeconds(seconds)), offer(request).option(DhcpOptions.DHCP_LEASE_TIME));
    }

    @ParameterizedTest
    @CsvSource({"30,300", "400,400", "90000,3600"})
    void aWishIsGrantedWithinItsBounds(long wish, long granted) {
        serve(Map.of("minLeaseTime", "5m"), Map.of("leaseTime", "1h"));
        DhcpMessage.Builder request = discover(mac(1)).option(DhcpOptions.DHCP_LEASE_TIME, Duration.ofSeconds(wish));
        assertEquals(Optional.of(Duration.ofSeconds(granted)), offer(request).option(DhcpOptions.DHCP_LEASE_TIME));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "match.circuitId   | ge-0/0/1* ",
                "match.circuitId   | 67652d302f302f31",
                "match.remoteId    | a1:b2",
                "match.arch        | uefi-x64",
                "match.arch        | bios-x86, 7",
                "match.userClass   | iPXE",
                "match.link        | eth*",
                "match.relay       | 192.0.2.9",
                "match.hostName    | Node ?",
                "match.machine     | m?",
                "match.label.rack  | r1*",
            })
    void aClientIsInAGroupByWhatItAndOthersSayOfIt(String key, String pattern) {
        chain.requesters.machines = new OneMachine(
                Machine.builder("m7").mac(mac(7)).label("rack", "r17").build());
        serve(Map.of(), Map.of(), group("g", Map.of(key, pattern.strip(), "option.interface-mtu", "9000")));
        DhcpMessage.Builder member = discover(mac(7))
                .relayAddress(ip("192.0.2.9"))
                .bytes(82, new byte[] {1, 8, 'g', 'e', '-', '0', '/', '0', '/', '1', 2, 2, (byte) 0xa1, (byte) 0xb2})
                .bytes(93, new byte[] {0, 7})
                .bytes(77, "iPXE".getBytes(StandardCharsets.US_ASCII))
                .bytes(12, "node 1".getBytes(StandardCharsets.US_ASCII));
        assertEquals(Optional.of(9000), mtu(offer(member)));
        FakeExchange other = new FakeExchange(discover(mac(8))
                        .bytes(55, ASKS)
                        .bytes(93, new byte[] {0, 11})
                        .build())
                .on("lo", FakeExchange.SERVER);
        assertEquals(Optional.empty(), mtu(chain.send(other).orElseThrow()));
    }

    @Test
    void aMemberMeetsAllConditions() {
        serve(
                Map.of(),
                Map.of(),
                group("g", Map.of("match.mac", "52:54:*", "match.arch", "uefi-*", "option.interface-mtu", "9000")));
        assertEquals(Optional.empty(), mtu(offer(discover(mac(1)))));
        assertEquals(Optional.of(9000), mtu(offer(discover(mac(1)).bytes(93, new byte[] {0, 7}))));
    }
}
