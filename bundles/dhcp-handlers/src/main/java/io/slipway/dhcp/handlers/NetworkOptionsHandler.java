package io.slipway.dhcp.handlers;

import io.slipway.dhcp.DhcpExchange;
import io.slipway.dhcp.DhcpHandler;
import io.slipway.dhcp.Verdict;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpOptions;
import java.time.Duration;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * What a client needs to use the network: mask, routers, name servers, domain and the times of its lease. Mask,
 * routers, name servers and domain are told always, because firmware forgets to ask; broadcast address and time servers
 * when the client asks (option 55).
 */
@Component(property = DhcpHandler.NAME + "=network-options")
public final class NetworkOptionsHandler implements DhcpHandler {

    /** 0xffffffff seconds stand for infinity (RFC 2131 section 3.3). */
    private static final long INFINITE = 0xffff_ffffL;

    /** Firmware forgets to ask for these. */
    private static final Set<Integer> UNASKED =
            Set.of(DhcpOptions.ROUTERS.code(), DhcpOptions.DOMAIN_NAME_SERVERS.code(), DhcpOptions.DOMAIN_NAME.code());

    private final Subnets subnets;

    @Activate
    public NetworkOptionsHandler(@Reference Subnets subnets) {
        this.subnets = subnets;
    }

    @Override
    public Verdict handle(DhcpExchange exchange) {
        // Firmware that asks on port 4011 has its network from elsewhere.
        if (!Doors.isPxe(exchange)) {
            subnets.of(exchange).ifPresent(subnet -> describe(subnet, exchange));
            times(exchange);
        }
        return Verdict.next();
    }

    private static void describe(Subnet subnet, DhcpExchange exchange) {
        DhcpMessage.Builder reply = exchange.reply();
        reply.option(DhcpOptions.SUBNET_MASK, subnet.network().mask());
        if (exchange.request().asksFor(DhcpOptions.BROADCAST_ADDRESS)) {
            reply.option(DhcpOptions.BROADCAST_ADDRESS, subnet.network().broadcast());
        }
        subnet.level().options().values().forEach((code, bytes) -> {
            if (UNASKED.contains(code)
                    || DhcpOptions.of(code).filter(exchange.request()::asksFor).isPresent()) {
                reply.bytes(code, bytes);
            }
        });
    }

    /** T1 and T2 beside the lease time that the address handler granted (RFC 2131 section 4.4.5). */
    private static void times(DhcpExchange exchange) {
        exchange.replySoFar()
                .option(DhcpOptions.DHCP_LEASE_TIME)
                .map(Duration::toSeconds)
                .ifPresent(seconds -> {
                    if (seconds < INFINITE) {
                        exchange.reply().option(DhcpOptions.DHCP_RENEWAL_TIME, Duration.ofSeconds(seconds / 2));
                        exchange.reply().option(DhcpOptions.DHCP_REBINDING_TIME, Duration.ofSeconds(seconds * 7 / 8));
                    }
                });
    }
}
