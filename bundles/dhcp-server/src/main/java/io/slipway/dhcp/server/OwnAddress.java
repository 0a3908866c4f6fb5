package io.slipway.dhcp.server;

import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpOptions;
import io.slipway.sockets.Link;
import io.slipway.sockets.LinkAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The address that a client is served from, of those that the interface had when the request came.
 *
 * @param chosen one of the link's
 * @param isNamed whether the client has named it, so that it stays
 */
record OwnAddress(Link link, LinkAddress chosen, boolean isNamed) {

    /**
     * The address that the client names as its server or sends to; else the one in the subnet of an address that the
     * request tells of; else the primary one.
     *
     * @param link with one address at least
     */
    static OwnAddress of(DhcpMessage request, InetAddress recipient, Link link) {
        return server(request)
                .flatMap(named -> own(link, named))
                .or(() -> own(link, recipient))
                .map(named -> new OwnAddress(link, named, true))
                .orElseGet(() -> new OwnAddress(link, near(request, link), false));
    }

    private static LinkAddress near(DhcpMessage request, Link link) {
        LinkAddress first = link.addresses().get(0);
        if (link.addresses().size() == 1) {
            return first;
        }
        return Stream.of(request.relayAddress(), request.clientAddress(), wish(request))
                .filter(address -> !address.equals(Addresses.ANY))
                .flatMap(address -> link.near(address).stream())
                .findFirst()
                .orElse(first);
    }

    private static Optional<Inet4Address> server(DhcpMessage request) {
        return address(request, DhcpOptions.DHCP_SERVER_IDENTIFIER.code());
    }

    private static Inet4Address wish(DhcpMessage request) {
        return address(request, DhcpOptions.DHCP_REQUESTED_ADDRESS.code()).orElse(Addresses.ANY);
    }

    /** Bytes of another length than an address has are passed over: it is the handlers that refuse them. */
    private static Optional<Inet4Address> address(DhcpMessage request, int option) {
        return request.bytes(option).filter(bytes -> bytes.length == 4).map(Addresses::of);
    }

    private static Optional<LinkAddress> own(Link link, InetAddress address) {
        for (LinkAddress own : link.addresses()) {
            if (own.address().equals(address)) {
                return Optional.of(own);
            }
        }
        return Optional.empty();
    }

    /** Another one of the link's, unless the client has named this one. */
    OwnAddress orRather(Inet4Address address) {
        LinkAddress other = own(link, address)
                .orElseThrow(() -> new IllegalArgumentException(
                        address.getHostAddress() + " is not an address of " + link.name() + ", which has " + all()));
        return isNamed ? this : new OwnAddress(link, other, false);
    }

    Inet4Address address() {
        return chosen.address();
    }

    int prefixLength() {
        return chosen.prefixLength();
    }

    List<Inet4Address> all() {
        return link.addresses().stream().map(LinkAddress::address).toList();
    }
}
