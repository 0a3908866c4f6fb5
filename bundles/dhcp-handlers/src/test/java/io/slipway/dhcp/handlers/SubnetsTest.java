package io.slipway.dhcp.handlers;

import static io.slipway.dhcp.handlers.Chain.discover;
import static io.slipway.dhcp.handlers.Chain.ip;
import static io.slipway.dhcp.handlers.Chain.mac;
import static io.slipway.dhcp.handlers.Chain.renewing;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slipway.dhcp.codec.DhcpMessage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SubnetsTest {

    private static final Subnet NEAR = Chain.subnet("192.0.2.0/24", "192.0.2.100-192.0.2.119");
    private static final Subnet FAR = Chain.subnet("198.51.100.0/24", "198.51.100.10-198.51.100.20");

    private final Subnets subnets = new Subnets();

    SubnetsTest() {
        serve(NEAR, FAR);
    }

    private void serve(Subnet... served) {
        subnets.configured = Stream.of(served)
                .map(subnet -> new ConfiguredSubnet("etc/test.cfg", subnet))
                .toList();
    }

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
        Subnet bound = new Subnet(
                NEAR.network(),
                NEAR.range(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                NEAR.leaseTime(),
                Optional.of("eth1"));
        serve(bound);
        assertEquals(Optional.empty(), of(discover(mac(1))));
        FakeExchange there = new FakeExchange(discover(mac(1)).build()).on("eth1", FakeExchange.SERVER);
        assertEquals(Optional.of(bound), subnets.of(there));
    }
}
