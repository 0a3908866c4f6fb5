package io.slipway.dhcp.handlers;

import io.slipway.dhcp.DhcpExchange;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpMessage;
import java.net.Inet4Address;
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
     * The subnet of the relay agent; without one, the subnet of the address that the client says it uses (a renewal
     * comes past the relay agent, RFC 2131 section 4.3.2); else the subnet of the link.
     */
    Optional<Subnet> of(DhcpExchange exchange) {
        DhcpMessage request = exchange.request();
        Optional<Subnet> found = isSet(request.relayAddress())
                ? around(request.relayAddress(), exchange.link())
                : Optional.of(request.clientAddress())
                        .filter(Subnets::isSet)
                        .flatMap(address -> around(address, exchange.link()))
                        .or(() -> around(exchange.serverAddress(), exchange.link()));
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

    private Optional<Subnet> around(Inet4Address address, String link) {
        return configured.stream()
                .map(ConfiguredSubnet::subnet)
                .filter(subnet -> subnet.isServedOn(link) && subnet.network().contains(address))
                .findFirst();
    }

    private static boolean isSet(Inet4Address address) {
        return !address.equals(Addresses.ANY);
    }
}
