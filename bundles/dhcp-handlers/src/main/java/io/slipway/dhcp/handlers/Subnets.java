package io.slipway.dhcp.handlers;

import io.slipway.dhcp.DhcpExchange;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpOptions;
import java.net.Inet4Address;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which subnet a client is in. */
@Component(service = Subnets.class)
public final class Subnets {

    private static final Logger LOG = LoggerFactory.getLogger(Subnets.class);

    /** Services come and go while requests are answered. */
    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile List<ConfiguredSubnet> configured = List.of();

    /** By link: the configuration that was complained of last, so that each gets one complaint. */
    private final Map<String, List<ConfiguredSubnet>> complainedOf = new ConcurrentHashMap<>();

    /**
     * The subnet of the address that the client is being given; else, of those that it may be in, the one of the
     * address that it asks for; else the first.
     */
    Optional<Subnet> of(DhcpExchange exchange) {
        List<Subnet> possible = possible(exchange);
        Inet4Address given = exchange.replySoFar().yourAddress();
        Optional<Inet4Address> named =
                isSet(given) ? Optional.of(given) : exchange.request().option(DhcpOptions.DHCP_REQUESTED_ADDRESS);
        return named.flatMap(address -> possible.stream()
                        .filter(subnet -> subnet.network().contains(address))
                        .findFirst())
                .or(() -> possible.stream().findFirst());
    }

    /**
     * The subnets that a client may be in, in the order of their files: the one of the relay agent; without one, the
     * one of the address that the client says it uses (a renewal comes past the relay agent, RFC 2131 section 4.3.2);
     * else all in which the interface has an address, for they share its wire.
     */
    List<Subnet> possible(DhcpExchange exchange) {
        DhcpMessage request = exchange.request();
        String link = exchange.link();
        List<Subnet> found = isSet(request.relayAddress())
                ? around(List.of(request.relayAddress()), link)
                : Optional.of(request.clientAddress())
                        .filter(Subnets::isSet)
                        .map(address -> around(List.of(address), link))
                        .filter(subnets -> !subnets.isEmpty())
                        .orElseGet(() -> around(exchange.serverAddresses(), link));
        if (found.isEmpty()) {
            complain(exchange);
        }
        return found;
    }

    private void complain(DhcpExchange exchange) {
        List<ConfiguredSubnet> now = configured;
        if (complainedOf.put(exchange.link(), now) == now) {
            return;
        }
        Inet4Address relay = exchange.request().relayAddress();
        LOG.warn(
                "no subnet for {} on {}: its clients get no address. Add etc/{}-NAME.cfg with subnet and range",
                (isSet(relay) ? relay : exchange.serverAddress()).getHostAddress(),
                exchange.link(),
                ConfiguredSubnet.PID);
    }

    private List<Subnet> around(List<Inet4Address> addresses, String link) {
        return configured.stream()
                .sorted(Comparator.comparing(ConfiguredSubnet::file))
                .map(ConfiguredSubnet::subnet)
                .filter(subnet -> subnet.isServedOn(link) && addresses.stream().anyMatch(subnet.network()::contains))
                .toList();
    }

    private static boolean isSet(Inet4Address address) {
        return !address.equals(Addresses.ANY);
    }
}
