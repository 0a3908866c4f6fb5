package io.slipway.sockets.internal;

import io.slipway.sockets.Link;
import io.slipway.sockets.LinkAddress;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Looks at the kernel's network interfaces. */
final class Links {

    /** Unlike /sys/class/net it always shows the network namespace of who reads it. */
    private static final Path DEVICES = Path.of("/proc/net/dev");

    /** The same for IPv6 addresses; not there when the kernel has no IPv6. */
    private static final Path IPV6_ADDRESSES = Path.of("/proc/net/if_inet6");

    /** Of if_addr.h: nothing can be bound to the address until it is sure that no other machine has it (RFC 4862). */
    private static final int TENTATIVE = 0x40;

    private Links() {}

    /**
     * The interface of a name as it is now, with or without a carrier; empty when there is none, or none that has an
     * address: Java asks the kernel for addresses, and does not see an interface without.
     */
    static Optional<Link> find(String name) throws SocketException {
        NetworkInterface found = NetworkInterface.getByName(name);
        if (found == null) {
            return Optional.empty();
        }
        List<LinkAddress> addresses = new ArrayList<>();
        for (InterfaceAddress each : found.getInterfaceAddresses()) {
            if (each.getAddress() instanceof Inet4Address address) {
                addresses.add(new LinkAddress(address, each.getNetworkPrefixLength()));
            }
        }
        // The JDK puts each address that the kernel lists before the ones that it has (NetworkInterface.c, addif).
        Collections.reverse(addresses);
        return Optional.of(new Link(name, found.getIndex(), addresses, found.getMTU()));
    }

    /** The IPv6 addresses of an interface that can be used. */
    static List<Inet6Address> ipv6(String name) {
        if (!Files.exists(IPV6_ADDRESSES)) {
            return List.of();
        }
        try {
            return Files.readAllLines(IPV6_ADDRESSES, StandardCharsets.UTF_8).stream()
                    .map(line -> line.strip().split(" +"))
                    .filter(fields -> fields[5].equals(name) && (Integer.parseInt(fields[4], 16) & TENTATIVE) == 0)
                    .map(fields -> address(fields[0], Integer.parseInt(fields[1], 16)))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Only an address of a link's own needs to be told of which link. */
    private static Inet6Address address(String digits, int link) {
        byte[] bytes = HexFormat.of().parseHex(digits);
        try {
            return Inet6Address.getByAddress(null, bytes, (bytes[0] & 0xff) == 0xfe ? link : -1);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("sixteen bytes are an address", e);
        }
    }

    /** Whether there is an interface of a name, with or without an address. */
    static boolean exists(String name) {
        try {
            return Files.readAllLines(DEVICES, StandardCharsets.UTF_8).stream()
                    .anyMatch(line -> line.stripLeading().startsWith(name + ":"));
        } catch (IOException e) {
            return false;
        }
    }
}
