package io.slipway.sockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkTest {

    private static final Link LINK = new Link(
            "eth0",
            2,
            List.of(
                    new LinkAddress(ip("192.0.2.1"), 25),
                    new LinkAddress(ip("198.51.100.1"), 24),
                    new LinkAddress(ip("192.0.2.2"), 25)),
            1500);

    static Inet4Address ip(String text) {
        try {
            return (Inet4Address) InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 24, 192.0.2.255, true, 192.0.2.255",
        "192.0.2.1, 24, 192.0.3.1, false, 192.0.2.255",
        "192.0.2.1, 25, 192.0.2.128, false, 192.0.2.127",
        "192.0.2.1, 0, 10.0.0.1, true, 255.255.255.255",
        "192.0.2.1, 30, 192.0.2.2, true, 192.0.2.3",
        "192.0.2.1, 31, 192.0.2.0, true, ",
        "192.0.2.1, 32, 192.0.2.0, false, ",
        "192.0.2.1, 32, 192.0.2.1, true, ",
    })
    void anAddressLiesInItsSubnet(String own, int prefix, String other, boolean isNear, String broadcast) {
        LinkAddress address = new LinkAddress(ip(own), prefix);
        assertEquals(isNear, address.isNear(ip(other)));
        assertEquals(Optional.ofNullable(broadcast).map(LinkTest::ip), address.broadcast());
        assertEquals(own + "/" + prefix, address.toString());
    }

    @Test
    void noPrefixIsLongerThanAnAddress() {
        assertThrows(IllegalArgumentException.class, () -> new LinkAddress(ip("192.0.2.1"), 33));
        assertThrows(IllegalArgumentException.class, () -> new LinkAddress(ip("192.0.2.1"), -1));
    }

    @Test
    void theFirstAddressIsThePrimaryOne() {
        assertEquals(Optional.of(ip("192.0.2.1")), LINK.address());
        assertEquals(Optional.empty(), new Link("eth0", 2, List.of(), 1500).address());
    }

    @Test
    void machinesAreNearTheFirstAddressOfTheirSubnet() throws UnknownHostException {
        assertEquals(Optional.of(ip("192.0.2.1")), near(ip("192.0.2.7")));
        assertEquals(Optional.of(ip("198.51.100.1")), near(ip("198.51.100.7")));
        assertEquals(Optional.empty(), near(ip("192.0.2.200")));
        assertEquals(Optional.empty(), near(InetAddress.getByName("2001:db8::1")));
    }

    private static Optional<Inet4Address> near(InetAddress other) {
        return LINK.near(other).map(LinkAddress::address);
    }

    @Test
    void everyAddressIsItsOwn() {
        assertTrue(LINK.isOwn(ip("192.0.2.2")));
        assertTrue(LINK.isOwn(ip("198.51.100.1")));
        assertFalse(LINK.isOwn(ip("192.0.2.3")));
    }

    @Test
    void everySubnetHasItsBroadcastAddress() throws UnknownHostException {
        assertTrue(LINK.isBroadcast(ip("192.0.2.127")));
        assertTrue(LINK.isBroadcast(ip("198.51.100.255")));
        assertTrue(LINK.isBroadcast(ip("255.255.255.255")));
        assertFalse(LINK.isBroadcast(ip("192.0.2.255")));
        assertFalse(LINK.isBroadcast(InetAddress.getByName("2001:db8::ffff")));
    }
}
