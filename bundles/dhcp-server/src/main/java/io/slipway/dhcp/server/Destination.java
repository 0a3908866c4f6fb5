package io.slipway.dhcp.server;

import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Optional;

/** Where a reply goes (RFC 2131 section 4.1). */
final class Destination {

    static final String PXE_DOOR = "pxe";

    private static final int SERVER_PORT = 67;
    private static final int CLIENT_PORT = 68;

    private Destination() {}

    static InetSocketAddress of(Packet packet, DhcpMessage reply) {
        return packet.door().name().equals(PXE_DOOR) ? ofBootServer(packet) : ofDhcp(packet.request(), reply);
    }

    private static InetSocketAddress ofDhcp(DhcpMessage request, DhcpMessage reply) {
        if (isSet(request.relayAddress())) {
            return new InetSocketAddress(request.relayAddress(), SERVER_PORT);
        }
        boolean isNak = reply.type().equals(Optional.of(DhcpMessageType.NAK));
        if (isSet(request.clientAddress()) && !isNak) {
            return new InetSocketAddress(request.clientAddress(), CLIENT_PORT);
        }
        // Without the broadcast flag the RFC would have unicast to yiaddr at chaddr. A client without an address
        // answers no ARP, so a plain UDP socket cannot send that; the RFC allows broadcast in its place. Where the
        // configuration says so and the kernel lets us, it is unicast: see Delivery.
        return new InetSocketAddress(Addresses.BROADCAST, CLIENT_PORT);
    }

    /**
     * Whether a reply that is to be broadcast may be unicast to yiaddr at chaddr: the client has not asked for a
     * broadcast, is given an address, and its hardware address is that of one Ethernet interface. A NAK is always
     * broadcast.
     */
    static boolean isNewcomer(Packet packet, DhcpMessage reply) {
        DhcpMessage request = packet.request();
        return !packet.door().name().equals(PXE_DOOR)
                && !request.isBroadcast()
                && isSet(reply.yourAddress())
                && !reply.type().equals(Optional.of(DhcpMessageType.NAK))
                && request.hardwareType() == DhcpMessage.ETHERNET
                && isOneStation(request.hardwareAddress());
    }

    /** To be asked of {@linkplain #isNewcomer newcomers} only. */
    static InetSocketAddress ofNewcomer(DhcpMessage reply) {
        return new InetSocketAddress(reply.yourAddress(), CLIENT_PORT);
    }

    /** Not a group's (IEEE 802.3 section 3.2.3), and not all zeros. */
    private static boolean isOneStation(byte[] ethernet) {
        return ethernet.length == 6 && (ethernet[0] & 1) == 0 && !Arrays.equals(ethernet, new byte[6]);
    }

    /**
     * On port 4011 a boot server answers whence it was asked (PXE 2.1 section 2.2.5): some firmware asks from port 68,
     * some from 4011. The client has its address by then; firmware that still sends from 0.0.0.0 says it in ciaddr.
     */
    private static InetSocketAddress ofBootServer(Packet packet) {
        if (packet.sender().getAddress() instanceof Inet4Address sender && isSet(sender)) {
            return packet.sender();
        }
        Inet4Address client = packet.request().clientAddress();
        return new InetSocketAddress(
                isSet(client) ? client : Addresses.BROADCAST, packet.sender().getPort());
    }

    private static boolean isSet(Inet4Address address) {
        return !address.equals(Addresses.ANY);
    }
}
