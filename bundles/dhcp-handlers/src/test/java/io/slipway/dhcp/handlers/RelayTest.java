package io.slipway.dhcp.handlers;

import static io.slipway.dhcp.handlers.Chain.discover;
import static io.slipway.dhcp.handlers.Chain.ip;
import static io.slipway.dhcp.handlers.Chain.mac;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.handler.codec.DecoderException;
import io.slipway.boot.Machine;
import io.slipway.boot.MachineIdentity;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which subnet a relayed client is in, and what its relay agent gets back. */
class RelayTest {

    private static final Subnet NEAR = Chain.LAN;
    private static final Subnet FAR = Chain.subnet(Map.of(
            "subnet", "198.51.100.0/24",
            "range", "198.51.100.10-198.51.100.20",
            "relay", "10.255.0.1",
            "sharedNetwork", "floor"));
    private static final Subnet FARTHER = Chain.subnet(
            Map.of("subnet", "203.0.113.0/24", "range", "203.0.113.10-203.0.113.20", "sharedNetwork", "floor"));

    private final Chain chain = Chain.with(settings -> settings, NEAR, FAR, FARTHER);

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    private static DhcpMessage.Builder relayed(String relay, String agent) {
        return discover(mac(1)).relayAddress(ip(relay)).bytes(82, hex(agent));
    }

    private List<Subnet> candidates(DhcpMessage.Builder request) {
        return chain.subnets.candidates(new FakeExchange(request.build()));
    }

    @Test
    void theSubnetOfTheRelayAgentAndThoseOnItsWire() {
        assertEquals(List.of(FAR, FARTHER), candidates(relayed("198.51.100.1", "")));
        assertEquals(List.of(FARTHER, FAR), candidates(relayed("203.0.113.1", "")));
        assertEquals(List.of(FAR, FARTHER), candidates(relayed("10.255.0.1", "")), "a relay that the subnet names");
        assertEquals(List.of(NEAR), candidates(discover(mac(1))));
    }

    @Test
    void anUnknownRelayAgentsClientsGetNoAddress() {
        assertEquals("no subnet for this address", chain.dropped(relayed("10.9.9.9", "")));
    }

    @Test
    void aRelayAddressOfOurOwnIsNotAnswered() {
        assertEquals("the relay address is this server's own", chain.dropped(relayed("192.0.2.1", "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.255", "192.0.2.0", "255.255.255.255", "224.0.0.1", "127.0.0.1", "0.0.0.7"})
    void aRelayAddressThatNoHostHasIsNotAnswered(String relay) {
        assertEquals("the relay address is no host's", chain.dropped(relayed(relay, "05 04 cb007100")));
    }

    @Test
    void linkSelectionOverSubnetSelectionOverRelayAddress() {
        byte[] toNear = ip("192.0.2.0").getAddress();
        assertEquals(List.of(FARTHER, FAR), candidates(relayed("192.0.2.9", "05 04 cb007100")), "RFC 3527");
        assertEquals(
                List.of(NEAR), candidates(relayed("198.51.100.1", "01 01 07").bytes(118, toNear)), "RFC 3011");
        assertEquals(
                List.of(FARTHER, FAR),
                candidates(relayed("198.51.100.1", "05 04 cb007100").bytes(118, toNear)));
        assertEquals(List.of(), candidates(relayed("198.51.100.1", "05 04 0a000000")), "not another one instead");
    }

    @Test
    void aSelectedSubnetComesBackInTheReply() {
        byte[] selection = ip("198.51.100.0").getAddress();
        DhcpMessage offer = chain.send(discover(mac(1)).bytes(118, selection)).orElseThrow();
        assertEquals(ip("198.51.100.10"), offer.yourAddress());
        assertArrayEquals(selection, offer.bytes(118).orElseThrow());
        assertThrows(DecoderException.class, () -> chain.send(discover(mac(1)).bytes(118, new byte[3])));
    }

    @Test
    void theServerIsCalledWhatTheRelayAgentWants() {
        String override = "0b 04 c6336401";
        DhcpMessage offer = chain.send(relayed("198.51.100.1", override)).orElseThrow();
        assertEquals(Optional.of(ip("198.51.100.1")), offer.option(DhcpOptions.DHCP_SERVER_IDENTIFIER));
        DhcpMessage.Builder request = relayed("198.51.100.1", override)
                .type(DhcpMessageType.REQUEST)
                .option(DhcpOptions.DHCP_REQUESTED_ADDRESS, offer.yourAddress())
                .option(DhcpOptions.DHCP_SERVER_IDENTIFIER, ip("198.51.100.1"));
        DhcpMessage ack = chain.send(request).orElseThrow();
        assertEquals(Optional.of(DhcpMessageType.ACK), ack.type());
        assertEquals(Optional.of(ip("198.51.100.1")), ack.option(DhcpOptions.DHCP_SERVER_IDENTIFIER));
        assertEquals("not for this server", chain.dropped(request.bytes(82, hex("01 01 07"))));
    }

    @Test
    void informationThatOverrunsIsReadAsFarAsItGoesAndEchoedWhole() {
        String overrun = "05 04 cb007100 01 20 6765";
        DhcpMessage offer = chain.send(relayed("198.51.100.1", overrun)).orElseThrow();
        assertEquals(ip("203.0.113.10"), offer.yourAddress());
        assertArrayEquals(hex(overrun), offer.bytes(82).orElseThrow());
    }

    @Test
    void theMaskIsThatOfTheAddressInASharedNetwork() {
        Subnet small = Chain.subnet(Map.of(
                "subnet", "203.0.113.0/25", "range", "203.0.113.10", "sharedNetwork", "floor", "dns", "203.0.113.2"));
        Subnet empty = Chain.subnet(Map.of("subnet", "198.51.100.0/24", "sharedNetwork", "floor"));
        chain.serve(NEAR, small, empty);
        DhcpMessage offer = chain.send(relayed("203.0.113.1", "")).orElseThrow();
        assertEquals(Optional.of(ip("255.255.255.128")), offer.option(DhcpOptions.SUBNET_MASK));
        assertEquals(Optional.of(List.of(ip("203.0.113.2"))), offer.option(DhcpOptions.DOMAIN_NAME_SERVERS));
    }

    @Test
    void aMachineIsKnownByAnyOfItsIdentities() {
        FakeExchange exchange = new FakeExchange(relayed("198.51.100.1", "01 03 706f37")
                .bytes(61, hex("01 0203"))
                .bytes(97, hex("00 33221100 5544 7766 8899aabbccddeeff"))
                .build());
        for (MachineIdentity identity : List.of(
                new MachineIdentity.Mac(mac(1)),
                new MachineIdentity.ClientId("010203"),
                new MachineIdentity.Uuid(UUID.fromString("00112233-4455-6677-8899-aabbccddeeff")),
                new MachineIdentity.CircuitId("706f37"))) {
            Machine machine = Machine.builder("m").identity(identity).build();
            chain.requesters.machines = new OneMachine(machine);
            assertEquals(Optional.of(machine), chain.requesters.machine(exchange), identity.toString());
        }
        chain.requesters.machines =
                new OneMachine(Machine.builder("m").mac(mac(2)).build());
        assertEquals(Optional.empty(), chain.requesters.machine(exchange));
    }
}
