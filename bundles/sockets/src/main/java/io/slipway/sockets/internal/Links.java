package io.slipway.sockets.internal;

import io.slipway.sockets.Link;
import io.slipway.sockets.LinkAddress;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Looks at the kernel's network interfaces. */
final class Links {

    /** Unlike /sys/class/net it always shows the network namespace of who reads it. */
    private static final Path DEVICES = Path.of("/proc/net/dev");

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
