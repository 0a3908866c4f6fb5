package io.slipway.dhcp.handlers;

import io.slipway.dhcp.DhcpExchange;
import io.slipway.dhcp.DhcpHandler;
import io.slipway.dhcp.Verdict;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpOption;
import io.slipway.dhcp.codec.DhcpOptions;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * What a client needs to use the network, and what else is configured for it. Mask, routers, name servers and domain are
 * told always, because firmware forgets to ask; of the rest, what the client asks for (option 55) and what {@code
 * always} names, since some firmware stumbles over options that it did not ask for.
 */
@Component(property = DhcpHandler.NAME + "=network-options")
public final class NetworkOptionsHandler implements DhcpHandler {

    /** 0xffffffff seconds stand for infinity (RFC 2131 section 3.3). */
    private static final long INFINITE = 0xffff_ffffL;

    private static final BitSet UNASKED = codes(
            DhcpOptions.SUBNET_MASK,
            DhcpOptions.ROUTERS,
            DhcpOptions.DOMAIN_NAME_SERVERS,
            DhcpOptions.DOMAIN_NAME,
            DhcpOptions.DHCP_RENEWAL_TIME,
            DhcpOptions.DHCP_REBINDING_TIME);

    private static final BitSet TIMES = codes(DhcpOptions.DHCP_RENEWAL_TIME, DhcpOptions.DHCP_REBINDING_TIME);

    private final Subnets subnets;
    private final Levels levels;

    @Activate
    public NetworkOptionsHandler(@Reference Subnets subnets, @Reference Levels levels) {
        this.subnets = subnets;
        this.levels = levels;
    }

    @Override
    public Verdict handle(DhcpExchange exchange) {
        // Firmware that asks on port 4011 has its network from elsewhere.
        if (!Doors.isPxe(exchange)) {
            subnet(exchange).ifPresent(subnet -> describe(subnet, exchange));
            times(exchange);
        }
        return Verdict.next();
    }

    /** Of a shared network, the subnet of the address that the client is given, or has. */
    private Optional<Subnet> subnet(DhcpExchange exchange) {
        List<Subnet> candidates = subnets.candidates(exchange);
        if (candidates.size() <= 1) {
            return candidates.stream().findFirst();
        }
        Inet4Address given = exchange.replySoFar().yourAddress();
        Inet4Address address = given.equals(Addresses.ANY) ? exchange.request().clientAddress() : given;
        return candidates.stream()
                .filter(subnet -> subnet.network().contains(address))
                .findFirst()
                .or(() -> Optional.of(candidates.get(0)));
    }

    private void describe(Subnet subnet, DhcpExchange exchange) {
        DhcpMessage.Builder reply = exchange.reply();
        List<Level> nearestFirst = levels.of(exchange, subnet);
        BitSet told = told(exchange, nearestFirst);
        reply.option(DhcpOptions.SUBNET_MASK, subnet.network().mask());
        if (told.get(DhcpOptions.BROADCAST_ADDRESS.code())) {
            reply.option(DhcpOptions.BROADCAST_ADDRESS, subnet.network().broadcast());
        }
        for (Level level : nearestFirst) {
            level.options().values().forEach((code, bytes) -> {
                if (told.get(code)) {
                    reply.bytes(code, bytes);
                    // the next level says it in vain
                    told.clear(code);
                }
            });
        }
    }

    private static BitSet told(DhcpExchange exchange, List<Level> levels) {
        BitSet told = (BitSet) UNASKED.clone();
        for (byte code : exchange.request()
                .bytes(DhcpOptions.DHCP_PARAMETER_REQUEST_LIST.code())
                .orElseGet(() -> new byte[0])) {
            told.set(code & 0xff);
        }
        levels.forEach(level -> level.options().always().forEach(told::set));
        if (!exchange.reply().has(DhcpOptions.DHCP_LEASE_TIME)) {
            // RFC 2131 section 4.3.5: to a DHCPINFORM no times; BOOTP has none
            told.andNot(TIMES);
        }
        return told;
    }

    /** T1 and T2 beside the lease time that the address handler granted (RFC 2131 section 4.4.5). */
    private static void times(DhcpExchange exchange) {
        DhcpMessage.Builder reply = exchange.reply();
        if (!reply.has(DhcpOptions.DHCP_LEASE_TIME)) {
            return;
        }
        DhcpMessage soFar = exchange.replySoFar();
        long lease = soFar.option(DhcpOptions.DHCP_LEASE_TIME)
                .map(Duration::toSeconds)
                .orElse(INFINITE);
        if (lease >= INFINITE) {
            return;
        }
        // Configured ones count when they leave the client time to ask: T1 < T2 < the lease.
        long rebinding = within(soFar, DhcpOptions.DHCP_REBINDING_TIME, lease, lease * 7 / 8);
        long renewal = within(soFar, DhcpOptions.DHCP_RENEWAL_TIME, rebinding, Math.min(lease / 2, rebinding));
        reply.option(DhcpOptions.DHCP_RENEWAL_TIME, Duration.ofSeconds(renewal));
        reply.option(DhcpOptions.DHCP_REBINDING_TIME, Duration.ofSeconds(rebinding));
    }

    private static long within(DhcpMessage reply, DhcpOption<Duration> option, long limit, long otherwise) {
        return reply.option(option)
                .map(Duration::toSeconds)
                .filter(seconds -> seconds < limit)
                .orElse(otherwise);
    }

    private static BitSet codes(DhcpOption<?>... options) {
        BitSet codes = new BitSet(256);
        Stream.of(options).forEach(option -> codes.set(option.code()));
        return codes;
    }
}
