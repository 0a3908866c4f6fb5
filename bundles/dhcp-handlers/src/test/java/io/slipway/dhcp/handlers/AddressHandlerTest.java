package io.slipway.dhcp.handlers;

import static io.slipway.dhcp.handlers.Chain.bootp;
import static io.slipway.dhcp.handlers.Chain.decline;
import static io.slipway.dhcp.handlers.Chain.discover;
import static io.slipway.dhcp.handlers.Chain.ip;
import static io.slipway.dhcp.handlers.Chain.mac;
import static io.slipway.dhcp.handlers.Chain.release;
import static io.slipway.dhcp.handlers.Chain.selecting;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.DecoderException;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import io.slipway.state.MemoryStateStore;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All but REQUEST, which {@link RequestAnswerTest} shows. */
class AddressHandlerTest {

    private final Chain chain = Chain.fresh();

    @Test
    void offersTheFirstFreeAddress() {
        DhcpMessage offer = chain.send(discover(mac(1))).orElseThrow();
        assertEquals(Optional.of(DhcpMessageType.OFFER), offer.type());
        assertEquals(ip("192.0.2.100"), offer.yourAddress());
        assertEquals(Addresses.ANY, offer.clientAddress());
        assertEquals(Optional.of(Duration.ofHours(1)), offer.option(DhcpOptions.DHCP_LEASE_TIME));
        assertEquals(
                ip("192.0.2.101"), chain.send(discover(mac(2))).orElseThrow().yourAddress());
        assertTrue(chain.store.records.isEmpty(), "offers live in memory only");
    }

    @Test
    void offersTheSameAddressAgain() {
        Inet4Address first = chain.send(discover(mac(1))).orElseThrow().yourAddress();
        assertEquals(
                first, chain.send(discover(mac(1), "192.0.2.110")).orElseThrow().yourAddress());
        chain.send(selecting(mac(1), first));
        chain.pass(Duration.ofHours(5));
        assertEquals(first, chain.send(discover(mac(1))).orElseThrow().yourAddress(), "also when it has ended");
    }

    @Test
    void oneMachineKeepsItsAddressThroughAllStagesOfABoot() {
        Inet4Address rom = chain.lease(mac(1));
        DhcpMessage.Builder installer = discover(mac(1))
                .option(DhcpOptions.DHCP_CLIENT_IDENTIFIER, new byte[] {(byte) 255, 1, 2, 3, 4, 0, 1, 9, 9});
        assertEquals(rom, chain.send(installer).orElseThrow().yourAddress());
    }

    @Test
    void offersTheWishedAddressWhenItIsFree() {
        assertEquals(
                ip("192.0.2.110"),
                chain.send(discover(mac(1), "192.0.2.110")).orElseThrow().yourAddress());
        assertEquals(
                ip("192.0.2.100"),
                chain.send(discover(mac(2), "192.0.2.110")).orElseThrow().yourAddress());
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.0", "192.0.2.255", "192.0.2.1", "192.0.2.99", "198.51.100.7", "0.0.0.0"})
    void neverOffersAWishOutsideThePool(String wish) {
        assertEquals(
                ip("192.0.2.100"),
                chain.send(discover(mac(1), wish)).orElseThrow().yourAddress());
    }

    @Test
    void neverOffersTheServersOwnAddressNorTheRelaysNorARouters() {
        Subnet whole = Chain.subnet(Map.of(
                "subnet", "192.0.2.0/29",
                "range", "192.0.2.1-192.0.2.6",
                "exclude", "192.0.2.5",
                "routers", "192.0.2.2"));
        Chain small = Chain.with(settings -> settings, whole);
        DhcpMessage.Builder relayed = discover(mac(1), "192.0.2.1").relayAddress(ip("192.0.2.3"));
        assertEquals(ip("192.0.2.4"), small.send(relayed).orElseThrow().yourAddress());
        assertEquals(ip("192.0.2.6"), small.send(discover(mac(2))).orElseThrow().yourAddress());
        assertEquals("no free address", small.dropped(discover(mac(3), "192.0.2.1")));
    }

    @Test
    void aMalformedWishIsADecoderException() {
        DhcpMessage.Builder request =
                discover(mac(1)).bytes(DhcpOptions.DHCP_REQUESTED_ADDRESS.code(), new byte[] {1, 2, 3});
        assertThrows(DecoderException.class, () -> chain.send(request));
        assertTrue(chain.leases.all().isEmpty());
    }

    @Test
    void aClientMayHaveAShorterLease() {
        DhcpMessage.Builder request = discover(mac(1)).option(DhcpOptions.DHCP_LEASE_TIME, Duration.ofMinutes(5));
        assertEquals(Optional.of(Duration.ofMinutes(5)), leaseTime(request));
        assertEquals(
                Optional.of(Duration.ofMinutes(2)),
                leaseTime(request.option(DhcpOptions.DHCP_LEASE_TIME, Duration.ofSeconds(1))));
        assertEquals(
                Optional.of(Duration.ofHours(1)),
                leaseTime(request.option(DhcpOptions.DHCP_LEASE_TIME, Duration.ofSeconds(0xffff_ffffL))));
    }

    private Optional<Duration> leaseTime(DhcpMessage.Builder request) {
        return chain.send(request).orElseThrow().option(DhcpOptions.DHCP_LEASE_TIME);
    }

    @Test
    void aReleasedAddressIsUsedLast() {
        Inet4Address given = chain.lease(mac(1));
        assertEquals("released", chain.dropped(release(mac(1), given)));
        for (int i = 2; i <= 20; i++) {
            assertNotEquals(given, chain.lease(mac(i)));
        }
        assertEquals(given, chain.lease(mac(21)));
    }

    @Test
    void onlyTheHolderReleases() {
        Inet4Address given = chain.lease(mac(1));
        assertEquals("release of an address it does not have", chain.dropped(release(mac(2), given)));
        assertEquals("release of an address it does not have", chain.dropped(release(mac(1), ip("192.0.2.105"))));
        assertEquals(Lease.State.BOUND, chain.leases.all().get(0).state());
    }

    @Test
    void aDeclinedAddressRests() {
        Inet4Address given = chain.lease(mac(1));
        assertEquals("declined", chain.dropped(decline(mac(1), given)));
        assertNotEquals(given, chain.send(discover(mac(1))).orElseThrow().yourAddress());
        assertNotEquals(
                given,
                chain.send(discover(mac(2), given.getHostAddress()))
                        .orElseThrow()
                        .yourAddress());
        DhcpMessage.Builder wish = discover(mac(3), given.getHostAddress());
        assertNotEquals(given, chain.restarted().send(wish).orElseThrow().yourAddress());
        chain.pass(Duration.ofMinutes(11));
        assertEquals(
                given,
                chain.send(discover(mac(4), given.getHostAddress()))
                        .orElseThrow()
                        .yourAddress());
    }

    @Test
    void aFloodOfDeclinesIsNoFloodOfWarnings() {
        assertEquals("decline of an address it does not have", chain.dropped(decline(mac(1), ip("192.0.2.100"))));
        assertEquals("declined", chain.dropped(decline(mac(1), chain.lease(mac(1)))));
        assertFalse(chain.leases.tellsDecline(Chain.LAN.name()), "one was told");
        chain.pass(Duration.ofSeconds(60));
        assertTrue(chain.leases.tellsDecline(Chain.LAN.name()));
        assertFalse(chain.leases.tellsDecline(Chain.LAN.name()));
    }

    @Test
    void theEchoOfAClientIdentifierIsOneOptionAtMost() {
        byte[] identifier = new byte[300];
        Arrays.fill(identifier, (byte) 7);
        DhcpMessage offer = chain.send(discover(mac(1)).bytes(61, identifier)).orElseThrow();
        assertArrayEquals(Arrays.copyOf(identifier, 255), offer.bytes(61).orElseThrow());
        DhcpMessage usual =
                chain.send(discover(mac(2)).bytes(61, new byte[] {1, 2, 3})).orElseThrow();
        assertArrayEquals(new byte[] {1, 2, 3}, usual.bytes(61).orElseThrow());
    }

    @Test
    void onlyTheHolderDeclines() {
        Inet4Address given = chain.lease(mac(1));
        assertEquals("decline of an address it does not have", chain.dropped(decline(mac(2), given)));
        assertEquals(
                "decline of an address it does not have",
                chain.dropped(bootp(mac(1)).type(DhcpMessageType.DECLINE)));
    }

    @Test
    void whatIsForAnotherServerIsLeftAlone() {
        Inet4Address given = chain.lease(mac(1));
        Inet4Address other = ip("192.0.2.2");
        for (DhcpMessage.Builder request :
                List.of(selecting(mac(1), given), release(mac(1), given), decline(mac(1), given))) {
            assertEquals(
                    "not for this server", chain.dropped(request.option(DhcpOptions.DHCP_SERVER_IDENTIFIER, other)));
        }
        assertEquals(Lease.State.BOUND, chain.leases.all().get(0).state());
    }

    @Test
    void informGetsParametersAndNoLease() {
        DhcpMessage.Builder inform = bootp(mac(1)).type(DhcpMessageType.INFORM).clientAddress(ip("192.0.2.9"));
        DhcpMessage ack = chain.send(inform).orElseThrow();
        assertEquals(Optional.of(DhcpMessageType.ACK), ack.type());
        assertEquals(Addresses.ANY, ack.yourAddress());
        assertEquals(Optional.empty(), ack.option(DhcpOptions.DHCP_LEASE_TIME));
        assertEquals(Optional.empty(), ack.option(DhcpOptions.DHCP_RENEWAL_TIME));
        assertEquals(Optional.of(ip("255.255.255.0")), ack.option(DhcpOptions.SUBNET_MASK));
        assertTrue(chain.leases.all().isEmpty());
        for (String address : List.of("192.0.2.0", "192.0.2.255", "192.0.2.1")) {
            assertEquals(
                    "inform from an address that is no client's", chain.dropped(inform.clientAddress(ip(address))));
        }
        assertEquals(
                "inform from an address that is in no subnet", chain.dropped(inform.clientAddress(ip("203.0.113.9"))));
    }

    @Test
    void bootpGetsALongLeaseAtOnce() {
        DhcpMessage reply = chain.send(bootp(mac(1))).orElseThrow();
        assertEquals(ip("192.0.2.100"), reply.yourAddress());
        assertEquals(Optional.empty(), reply.bytes(53));
        assertEquals(Optional.empty(), reply.bytes(51));
        assertEquals(Optional.empty(), reply.bytes(54));
        assertEquals(1, chain.store.records.size());
        chain.pass(Duration.ofDays(29));
        Lease lease = chain.leases.all().get(0);
        assertEquals(Duration.ofDays(1), chain.leases.remaining(lease));
        assertEquals(ip("192.0.2.100"), chain.send(bootp(mac(1))).orElseThrow().yourAddress());
    }

    @Test
    void bootpKeepsTheAddressThatItKnowsWhenItMayHaveIt() {
        chain.lease(mac(2));
        DhcpMessage reply =
                chain.send(bootp(mac(1)).clientAddress(ip("192.0.2.107"))).orElseThrow();
        assertEquals(ip("192.0.2.107"), reply.yourAddress());
        assertEquals(2, chain.store.records.size());
        for (String address : List.of("192.0.2.100", "192.0.2.1", "198.51.100.7")) {
            assertEquals(
                    "BOOTP with an address of others",
                    chain.dropped(bootp(mac(3)).clientAddress(ip(address))));
        }
    }

    @Test
    void aRapidCommitIsALeaseAtOnceWhereItIsOn() {
        DhcpMessage.Builder request = discover(mac(1)).bytes(80, new byte[0]);
        assertEquals(
                Optional.of(DhcpMessageType.OFFER),
                chain.send(request).orElseThrow().type(),
                "off by default");
        Chain rapid = Chain.with(
                settings -> new AddressHandler.Settings(
                        true,
                        settings.declineHold(),
                        true,
                        true,
                        settings.bootpLease(),
                        true,
                        false,
                        settings.limits()),
                Chain.LAN);
        FakeExchange exchange = new FakeExchange(request.build());
        rapid.store.disk = MemoryStateStore.Disk.IS_SLOW;
        rapid.run(exchange);
        assertFalse(exchange.mayBeSent(), "an ACK waits for the disk");
        rapid.store.completeAll();
        assertTrue(exchange.mayBeSent());
        DhcpMessage ack = exchange.replySoFar();
        assertEquals(Optional.of(DhcpMessageType.ACK), ack.type());
        assertArrayEquals(new byte[0], ack.bytes(80).orElseThrow());
        assertEquals(Optional.of(Duration.ofHours(1)), ack.option(DhcpOptions.DHCP_LEASE_TIME));
        assertEquals(
                Lease.State.BOUND,
                rapid.leases.at(ack.yourAddress()).orElseThrow().state());
        DhcpMessage offer = rapid.send(discover(mac(2))).orElseThrow();
        assertEquals(Optional.of(DhcpMessageType.OFFER), offer.type(), "who does not ask for it gets an offer");
        assertEquals(Optional.empty(), offer.bytes(80));
    }

    @Test
    void bootpCanBeOff() {
        Chain off = Chain.with(
                settings -> new AddressHandler.Settings(
                        true,
                        settings.declineHold(),
                        false,
                        true,
                        settings.bootpLease(),
                        false,
                        false,
                        settings.limits()),
                Chain.LAN);
        assertEquals("BOOTP is off", off.dropped(bootp(mac(1))));
    }

    @Test
    void onPort4011NothingIsLeased() {
        Inet4Address foreign = ip("203.0.113.5");
        FakeExchange exchange = new FakeExchange(bootp(mac(1))
                        .type(DhcpMessageType.REQUEST)
                        .clientAddress(foreign)
                        .option(DhcpOptions.DHCP_SERVER_IDENTIFIER, ip("203.0.113.1"))
                        .build())
                .at("pxe");
        DhcpMessage ack = chain.send(exchange).orElseThrow();
        assertEquals(Optional.of(DhcpMessageType.ACK), ack.type());
        assertEquals(Addresses.ANY, ack.yourAddress());
        assertEquals(Optional.of(FakeExchange.SERVER), ack.option(DhcpOptions.DHCP_SERVER_IDENTIFIER));
        assertEquals(Optional.empty(), ack.bytes(1));
        assertTrue(chain.leases.all().isEmpty());
        assertEquals(
                Optional.empty(), chain.send(new FakeExchange(discover(mac(1)).build()).at("pxe")));
    }

    @ParameterizedTest
    @EnumSource(names = {"OFFER", "ACK", "NAK"})
    void aServersMessageIsNotAnswered(DhcpMessageType type) {
        assertEquals("not a client's message", chain.dropped(bootp(mac(1)).type(type)));
    }

    @Test
    void anUnknownMessageTypeIsNotBootp() {
        assertEquals("unknown message type", chain.dropped(bootp(mac(1)).bytes(53, new byte[] {13})));
        assertTrue(chain.leases.all().isEmpty());
    }

    @Test
    void noSubnetNoAnswer() {
        Chain none = Chain.with(settings -> settings);
        assertEquals("no subnet for this address", none.dropped(discover(mac(1))));
        assertFalse(none.run(new FakeExchange(bootp(mac(1)).build())) instanceof io.slipway.dhcp.Verdict.Reply);
    }
}
