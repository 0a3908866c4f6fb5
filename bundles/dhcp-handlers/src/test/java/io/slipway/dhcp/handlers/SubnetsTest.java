package io.slipway.dhcp.handlers;

import static io.slipway.dhcp.handlers.Chain.discover;
import static io.slipway.dhcp.handlers.Chain.ip;
import static io.slipway.dhcp.handlers.Chain.mac;
import static io.slipway.dhcp.handlers.Chain.renewing;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slipway.dhcp.codec.DhcpMessage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubnetsTest {

    private static final Subnet NEAR = Chain.subnet("192.0.2.0/24", "192.0.2.100-192.0.2.119");
    private static final Subnet FAR = Chain.subnet("198.51.100.0/24", "198.51.100.10-198.51.100.20");

    private Networks networks = new Networks(List.of(NEAR, FAR), List.of(), Level.EMPTY);
    private final Subnets subnets = new Subnets(() -> networks);

    private Optional<Subnet> of(DhcpMessage.Builder request) {
        return subnets.of(new FakeExchange(request.build()));
    }

    @Test
    void aClientOnTheLinkIsInTheServersSubnet() {
        assertEquals(Optional.of(NEAR), of(discover(mac(1))));
    }

    @Test
    void aRelayedClientIsInTheRelayAgentsSubnet() {
        assertEquals(Optional.of(FAR), of(discover(mac(1)).relayAddress(ip("198.51.100.1"))));
        assertEquals(Optional.empty(), of(discover(mac(1)).relayAddress(ip("203.0.113.1"))));
    }

    @Test
    void aRenewalThatComesPastTheRelayAgentIsKnownByItsAddress() {
        assertEquals(Optional.of(FAR), of(renewing(mac(1), ip("198.51.100.11"))));
        assertEquals(Optional.of(NEAR), of(renewing(mac(1), ip("203.0.113.5"))), "to be told that it is wrong here");
    }

    @Test
    void aSubnetMayBelongToOneInterface() {
        Subnet bound =
                Chain.subnet(Map.of("subnet", "192.0.2.0/24", "range", "192.0.2.100-192.0.2.119", "interface", "eth1"));
        networks = new Networks(List.of(bound), List.of(), Level.EMPTY);
        assertEquals(Optional.empty(), of(discover(mac(1))));
        FakeExchange there = new FakeExchange(discover(mac(1)).build()).on("eth1", FakeExchange.SERVER);
        assertEquals(Optional.of(bound), subnets.of(there));
    }
}
