package io.slipway.dhcp.proxy;

import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpOptions;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a foreign server offered. Text comes from the network and is made printable.
 *
 * @param address {@code yiaddr}; empty when it offers none, as a proxy does
 * @param nextServer {@code siaddr}
 * @param bootFile of the header or option 67; empty for none
 */
record Offer(
        Optional<Inet4Address> address,
        Optional<Duration> leaseTime,
        List<Inet4Address> routers,
        Optional<Inet4Address> nextServer,
        String bootFile) {

    private static final int MOST_CHARACTERS = 128;

    Offer {
        routers = List.copyOf(routers);
    }

    static Offer of(DhcpMessage message) {
        String file = message.option(DhcpOptions.BOOT_FILE_NAME).orElse(message.bootFile());
        return new Offer(
                known(message.yourAddress()),
                message.option(DhcpOptions.DHCP_LEASE_TIME),
                message.option(DhcpOptions.ROUTERS).orElse(List.of()),
                known(message.nextServer()),
                file.substring(0, Math.min(file.length(), MOST_CHARACTERS)).replaceAll("[^ -~]", "?"));
    }

    private static Optional<Inet4Address> known(Inet4Address address) {
        return Optional.of(address).filter(is -> !is.equals(Addresses.ANY));
    }

    /** {@code 192.0.2.50 for 3600 s, router 192.0.2.1, boot file pxelinux.0 of 192.0.2.9}. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        parts.add(address.map(Inet4Address::getHostAddress).orElse("no address")
                + leaseTime.map(time -> " for " + time.toSeconds() + " s").orElse(""));
        routers.stream().findFirst().ifPresent(router -> parts.add("router " + router.getHostAddress()));
        if (!bootFile.isEmpty()) {
            parts.add("boot file " + bootFile
                    + nextServer.map(server -> " of " + server.getHostAddress()).orElse(""));
        }
        return String.join(", ", parts);
    }
}
