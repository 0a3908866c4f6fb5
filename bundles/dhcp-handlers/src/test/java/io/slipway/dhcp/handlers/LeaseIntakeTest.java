package io.slipway.dhcp.handlers;

import static io.slipway.dhcp.handlers.Chain.ip;
import static io.slipway.dhcp.handlers.Chain.mac;
import static io.slipway.dhcp.handlers.Chain.rebooting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.Machine;
import io.slipway.boot.MachineIdentity;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.handlers.migration.Place;
import io.slipway.dhcp.handlers.migration.SiteHost;
import java.io.IOException;
import java.net.Inet4Address;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LeaseIntakeTest {

    private final Chain chain = Chain.fresh();
    private final LeaseIntake intake = new LeaseIntake(chain.leases);

    private static Lease lease(int client, String address) {
        return new Lease(ip(address), mac(client), "01ab", "node", 999_000, 1_009_000, Lease.State.BOUND);
    }

    private static Optional<Network> lan(Inet4Address address) {
        return Optional.of(Network.parse("192.0.2.0/24")).filter(network -> network.contains(address));
    }

    private List<String> take(Lease... leases) throws IOException, InterruptedException {
        return take(List.of(), leases);
    }

    private List<String> take(List<SiteHost> arriving, Lease... leases) throws IOException, InterruptedException {
        return intake.take(List.of(leases), arriving, LeaseIntakeTest::lan).stream()
                .map(LeaseIntake.Conflict::why)
                .toList();
    }

    @Test
    void aClientKeepsTheAddressThatAnotherServerLeasedEvenAfterARestart() throws IOException, InterruptedException {
        assertEquals(List.of(), take(lease(1, "192.0.2.117")));
        assertEquals(List.of(lease(1, "192.0.2.117")), chain.restarted().leases.all());
        for (Chain server : List.of(chain, chain.restarted())) {
            assertEquals(
                    Optional.of(DhcpMessageType.ACK),
                    server.send(rebooting(mac(1), ip("192.0.2.117")))
                            .orElseThrow()
                            .type());
        }
    }

    @Test
    void nobodyElseGetsWhatIsTaken() throws IOException, InterruptedException {
        take(IntStream.range(0, 19)
                .mapToObj(i -> lease(i, "192.0.2." + (100 + i)))
                .toArray(Lease[]::new));
        assertEquals(ip("192.0.2.119"), chain.lease(mac(99)));
    }

    @Test
    void whatIsSomebodyElsesHereIsToldAndStays() throws IOException, InterruptedException {
        Inet4Address held = chain.lease(mac(1));
        assertEquals(List.of("it is " + mac(1) + "'s here"), take(lease(2, held.getHostAddress())));
        assertEquals(mac(1), chain.leases.at(held).orElseThrow().mac());
    }

    @Test
    void aClientThatHasAnotherAddressHereIsTold() throws IOException, InterruptedException {
        Inet4Address held = chain.lease(mac(1));
        assertEquals(List.of("the client has " + held.getHostAddress() + " here"), take(lease(1, "192.0.2.119")));
        assertEquals(Optional.empty(), chain.leases.at(ip("192.0.2.119")));
    }

    @Test
    void whatIsReservedForAnotherOrInNoNetworkIsTold() throws IOException, InterruptedException {
        FakeMachines machines = new FakeMachines();
        machines.put(
                Machine.builder("web-1").mac(mac(7)).address(ip("192.0.2.110")).build());
        intake.machines = machines;
        assertEquals(
                List.of("it is reserved for machine web-1", "no network has this address"),
                take(lease(1, "192.0.2.110"), lease(2, "198.51.100.1"), lease(7, "192.0.2.110")));
        assertEquals(mac(7), chain.leases.at(ip("192.0.2.110")).orElseThrow().mac());
    }

    @Test
    void whatIsReservedForAMachineThatComesWithItIsTold() throws IOException, InterruptedException {
        SiteHost host = new SiteHost(new Place("dhcpd.conf", 1), "web-1");
        host.identities().add(new MachineIdentity.ClientId("01ff"));
        host.addresses().add(ip("192.0.2.110"));
        assertEquals(List.of("it is reserved for machine web-1"), take(List.of(host), lease(1, "192.0.2.110")));
        Lease own = new Lease(ip("192.0.2.110"), mac(2), "01ff", "", 999_000, 1_009_000, Lease.State.BOUND);
        assertEquals(List.of(), take(List.of(host), own));
        assertEquals(mac(2), chain.leases.at(ip("192.0.2.110")).orElseThrow().mac());
    }

    @Test
    void aLaterLeaseOfTheSameClientHereStays() throws IOException, InterruptedException {
        take(lease(1, "192.0.2.117"));
        Lease earlier = new Lease(ip("192.0.2.117"), mac(1), "", "", 999_000, 1_001_000, Lease.State.BOUND);
        assertEquals(List.of(), take(earlier));
        assertEquals(1_009_000, chain.leases.at(ip("192.0.2.117")).orElseThrow().end());
    }

    @Test
    void whatCannotBeStoredWasNeverTaken() {
        chain.breakDisk();
        String message = assertThrows(IOException.class, () -> take(lease(1, "192.0.2.117")))
                .getMessage();
        assertTrue(message.startsWith("the lease of 192.0.2.117 is not stored (disk full)"), message);
        assertEquals(
                List.of(Lease.State.RELEASED),
                chain.leases.all().stream().map(Lease::state).toList());
    }
}
