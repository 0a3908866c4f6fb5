package io.slipway.dhcp.handlers;

import static java.util.stream.Collectors.joining;

import io.slipway.boot.MacAddress;
import io.slipway.boot.Machine;
import io.slipway.dhcp.DhcpExchange;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpOptions;
import io.slipway.dhcp.codec.RelayAgentInformation;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who asks for an address, and where. A client is its MAC address: ROM, loader and installer of one boot show several
 * client identifiers and must keep one address.
 *
 * @param names what the client says it is, packed by {@link ClientNames}
 * @param servers the server's own addresses on that link, which are nobody else's
 * @param relay the relay agent's address; {@link Addresses#ANY} without one
 * @param link the network interface on which it is heard
 * @param circuitId the port on which the relay agent heard it (RFC 3046 section 3.1)
 * @param subnets those it may get an address of, the selected one first
 * @param machine what the operator knows of it
 * @param reserved the addresses that are reserved for it in these subnets, in the operator's order; as 32 bits
 * @param groups the names of those it is in
 * @param isTrial whether nothing may come of what it asks
 */
@SuppressWarnings("ArrayRecordComponent") // kept and stored, never compared
record Requester(
        MacAddress mac,
        byte[] names,
        List<Inet4Address> servers,
        Inet4Address relay,
        String link,
        Optional<byte[]> circuitId,
        List<Subnet> subnets,
        Optional<Machine> machine,
        List<Integer> reserved,
        Set<String> groups,
        boolean isTrial) {

    private static final byte[] NOTHING = {};

    Requester {
        servers = List.copyOf(servers);
        Objects.requireNonNull(mac, "mac");
        Objects.requireNonNull(names, "names");
        Objects.requireNonNull(circuitId, "circuitId");
        Objects.requireNonNull(machine, "machine");
        subnets = List.copyOf(subnets);
        reserved = List.copyOf(reserved);
        groups = Set.copyOf(groups);
    }

    static Requester of(DhcpExchange exchange, List<Subnet> subnets, Optional<Machine> machine, Set<String> groups) {
        DhcpMessage request = exchange.request();
        return new Requester(
                exchange.mac(),
                ClientNames.pack(
                        request.bytes(DhcpOptions.DHCP_CLIENT_IDENTIFIER.code()).orElse(NOTHING),
                        request.bytes(DhcpOptions.HOST_NAME.code()).orElse(NOTHING)),
                exchange.serverAddresses(),
                request.relayAddress(),
                exchange.link(),
                RelayAgentInformation.of(request).circuitId(),
                subnets,
                machine,
                machine.isPresent() ? reserved(machine.get(), subnets) : List.of(),
                groups,
                exchange.isTrial());
    }

    boolean isMachine(Machine other) {
        return machine.filter(known -> known.name().equals(other.name())).isPresent();
    }

    /** Whether an address is known to be one of the server's own or the relay agent's. */
    boolean seesInUse(int address) {
        if (address == Addresses.bits(relay)) {
            return true;
        }
        for (Inet4Address server : servers) {
            if (address == Addresses.bits(server)) {
                return true;
            }
        }
        return false;
    }

    /** The subnet of these that an address lies in. */
    Optional<Subnet> subnetOf(int address) {
        Inet4Address whole = Addresses.of(address);
        for (Subnet subnet : subnets) {
            if (subnet.network().contains(whole)) {
                return Optional.of(subnet);
            }
        }
        return Optional.empty();
    }

    /** What is known of it, for a trial. */
    List<String> describe() {
        List<String> lines = new ArrayList<>();
        lines.add("subnet "
                + subnets.stream()
                        .map(subnet -> subnet.name() + " (" + subnet.network() + ")")
                        .collect(joining(", ")));
        machine.ifPresent(known -> lines.add("machine " + known.name()
                + (reserved.isEmpty()
                        ? ""
                        : ", for which is reserved "
                                + reserved.stream().map(Requester::text).collect(joining(", ")))));
        if (!groups.isEmpty()) {
            lines.add("groups " + groups.stream().sorted().collect(joining(", ")));
        }
        return lines;
    }

    /** Why it is offered this address, for a trial. */
    String describe(Lease lease, boolean isFresh) {
        if (reserved.contains(Addresses.bits(lease.address()))) {
            return "the address is reserved for it";
        }
        return isFresh ? "it does not hold this address now" : "it holds this address already";
    }

    private static String text(int address) {
        return Addresses.of(address).getHostAddress();
    }

    private static List<Integer> reserved(Machine machine, List<Subnet> subnets) {
        return machine.addresses().stream()
                .flatMap(address -> address instanceof Inet4Address ours ? Stream.of(ours) : Stream.empty())
                .filter(address -> subnets.stream()
                        .anyMatch(subnet -> subnet.network().hosts().contains(address)))
                .map(Addresses::bits)
                .toList();
    }

    /** Where it comes from, for the log: the port if one is named, else the relay agent, else the interface. */
    String originName() {
        String port = circuitId
                .map(id -> "port " + HexFormat.of().formatHex(id) + " of ")
                .orElse("");
        return port + (relay.equals(Addresses.ANY) ? "link " + link : "relay " + relay.getHostAddress());
    }
}
