package io.slipway.dhcp.handlers;

import io.slipway.dhcp.DhcpExchange;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpOptions;
import io.slipway.dhcp.codec.RelayAgentInformation;
import java.net.Inet4Address;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which subnet a client is in. */
@Component(service = Subnets.class)
public final class Subnets {

    private static final Logger LOG = LoggerFactory.getLogger(Subnets.class);

    private final Supplier<Networks> networks;

    /** By link: the configuration that was complained of last, so that each gets one complaint. */
    private final Map<String, Networks> complainedOf = new ConcurrentHashMap<>();

    @Activate
    public Subnets(@Reference NetworkFiles files) {
        this(files::networks);
    }

    Subnets(Supplier<Networks> networks) {
        this.networks = networks;
    }

    /** The subnet that is selected for a client: the first of the {@link #candidates}. */
    Optional<Subnet> of(DhcpExchange exchange) {
        return candidates(exchange).stream().findFirst();
    }

    /**
     * The subnets from which a client may get its address: the one that is selected, then those that share its wire, by
     * name. Selected is the subnet that the relay agent says, or the client itself; else that of the address which the
     * client uses (a renewal comes past the relay agent, RFC 2131 section 4.3.2); else all in which the link has an
     * address, for they share its wire.
     */
    List<Subnet> candidates(DhcpExchange exchange) {
        Networks now = networks.get();
        Optional<Inet4Address> said = said(exchange.request());
        List<Subnet> selected = said.isPresent()
                ? around(now, List.of(said.get()), exchange.link())
                : Optional.of(exchange.request().clientAddress())
                        .filter(Subnets::isSet)
                        .map(address -> around(now, List.of(address), exchange.link()))
                        .filter(subnets -> !subnets.isEmpty())
                        .orElseGet(() -> around(now, exchange.serverAddresses(), exchange.link()));
        if (selected.isEmpty()) {
            complain(exchange, now, said.orElseGet(exchange::serverAddress));
            return List.of();
        }
        if (selected.size() == 1) {
            return now.sharedNetworkOf(selected.get(0)).stream()
                    .filter(subnet -> subnet.isServedOn(exchange.link()))
                    .toList();
        }
        return selected.stream()
                .flatMap(subnet -> now.sharedNetworkOf(subnet).stream())
                .distinct()
                .filter(subnet -> subnet.isServedOn(exchange.link()))
                .toList();
    }

    /**
     * An address of the network where the client is, as somebody says who should know. A subnet of it that is not
     * configured is no reason to take another one.
     */
    private static Optional<Inet4Address> said(DhcpMessage request) {
        // RFC 3527 section 3: the relay agent's word over the client's, and both over giaddr (RFC 3011 section 3)
        return RelayAgentInformation.of(request)
                .linkSelection()
                .or(() -> request.option(DhcpOptions.SUBNET_SELECTION))
                .or(() -> Optional.of(request.relayAddress()))
                .filter(Subnets::isSet);
    }

    @SuppressWarnings("ReferenceEquality") // the same networks, and not such as are alike: each change is told once
    private void complain(DhcpExchange exchange, Networks now, Inet4Address address) {
        if (exchange.isTrial() || complainedOf.put(exchange.link(), now) == now) {
            return;
        }
        LOG.warn(
                "no subnet for {} on {}: its clients get no address. Add etc/{}-NAME.cfg with subnet and range",
                address.getHostAddress(),
                exchange.link(),
                SubnetFile.PID);
    }

    /** The subnets of some addresses, by name. */
    private static List<Subnet> around(Networks networks, List<Inet4Address> addresses, String link) {
        return addresses.stream()
                .flatMap(address -> networks.around(address).stream())
                .filter(subnet -> subnet.isServedOn(link))
                .distinct()
                .sorted(Comparator.comparing(Subnet::name))
                .toList();
    }

    private static boolean isSet(Inet4Address address) {
        return !address.equals(Addresses.ANY);
    }
}
