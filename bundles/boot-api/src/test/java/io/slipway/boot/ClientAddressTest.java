package io.slipway.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {

    private static ClientAddress at(String text, String link) throws UnknownHostException {
        return new ClientAddress(InetAddress.getByName(text), link);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:10:0:0:1:0:1, 2001:db8:10::1:0:1",
        "2001:db8:1:2:3:4::, 2001:db8:1:2:3:4::",
        "::1, ::1",
        "::, ::",
        "fe80::1, fe80::1%eth0",
    })
    void isWrittenAsRfc5952Says(String address, String expected) throws UnknownHostException {
        assertEquals(expected, at(address, "eth0").toString());
    }

    @Test
    void theNumberOfALinkIsNotWritten() throws UnknownHostException {
        byte[] bytes = InetAddress.getByName("fe80::1").getAddress();
        assertEquals("fe80::1%eth0", new ClientAddress(Inet6Address.getByAddress(null, bytes, 7), "eth0").toString());
        assertEquals("fe80::1", new ClientAddress(Inet6Address.getByAddress(null, bytes, 7), "").toString());
    }

    @Test
    void theSameAddressOnAnotherLinkIsAnotherMachine() throws UnknownHostException {
        assertEquals(at("fe80::1", "eth0"), at("fe80:0::1", "eth0"));
        assertNotEquals(at("fe80::1", "eth0"), at("fe80::1", "eth1"));
    }

    @ParameterizedTest
    @CsvSource({
        "fe80::5054:ff:fe12:3456, 52:54:00:12:34:56",
        "2001:db8::3656:78ff:fe9a:bcde, 34:56:78:9a:bc:de", // the address of RFC 4291's example
        "2001:db8::fdff:ffff:feff:ffff, ff:ff:ff:ff:ff:ff",
    })
    void anEui64IdentifierTellsTheMac(String address, String mac) throws UnknownHostException {
        assertEquals(
                Optional.of(MacAddress.parse(mac).toString()),
                at(address, "eth0").mac().map(MacAddress::toString));
    }

    @ParameterizedTest
    @CsvSource({"2001:db8::1", "2001:db8::5054:ff:ff12:3456", "ff02::5054:ff:fe12:3456", "192.0.2.1"})
    void otherAddressesTellNone(String address) throws UnknownHostException {
        assertEquals(Optional.empty(), at(address, "eth0").mac());
    }
}
