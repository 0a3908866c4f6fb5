package io.slipway.dhcp.boot;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootClients;
import io.slipway.boot.BootPlan;
import io.slipway.boot.BootPlanner;
import io.slipway.dhcp.DhcpExchange;
import io.slipway.dhcp.DhcpHandler;
import io.slipway.dhcp.Verdict;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import java.net.Inet4Address;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a boot client what to fetch and from where, and tells {@link BootClients} who has which address. */
@Component(property = DhcpHandler.NAME + "=boot", configurationPid = BootHandler.PID)
@Designate(ocd = BootHandler.Config.class)
public final class BootHandler implements DhcpHandler {

    static final String PID = "io.slipway.dhcp.boot";

    private static final String PXE_DOOR = "pxe";
    private static final int REMEMBERED_MACHINES = 8192;

    private static final Logger LOG = LoggerFactory.getLogger(BootHandler.class);

    private final BootPlanner planner;
    private final BootClients clients;
    private final Settings settings;
    private final Discoveries discoveries = new Discoveries(REMEMBERED_MACHINES);

    /** What is set in {@code etc/io.slipway.dhcp.boot.cfg}. */
    @ObjectClassDefinition(name = "Slipway DHCP boot", description = "What boot clients are told.")
    public @interface Config {

        @AttributeDefinition(
                description = "Where firmware fetches its files, an IPv4 address; empty means from the address of this"
                        + " server on the client's network.")
        String nextServer() default "";
    }

    record Settings(Optional<Inet4Address> nextServer) {

        static Settings of(Config config) {
            String text = config.nextServer().strip();
            try {
                return new Settings(text.isEmpty() ? Optional.empty() : Optional.of(Addresses.parse(text)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "etc/" + PID + ".cfg: nextServer = '" + text
                                + "'; expected an IPv4 address such as 192.0.2.1, or nothing",
                        e);
            }
        }
    }

    @Activate
    public BootHandler(@Reference BootPlanner planner, @Reference BootClients clients, Config config) {
        this(planner, clients, Settings.of(config));
    }

    BootHandler(BootPlanner planner, BootClients clients, Settings settings) {
        this.planner = planner;
        this.clients = clients;
        this.settings = settings;
    }

    @Override
    public Verdict handle(DhcpExchange exchange) {
        Firmware firmware = firmware(exchange);
        Optional<Inet4Address> address = address(exchange);
        BootClient client = address.map(known -> firmware.client().toBuilder().address(known).build())
                .orElse(firmware.client());
        if (!firmware.boots()) {
            learn(exchange, client);
            return isPxe(exchange) ? Verdict.drop("not a boot client") : Verdict.next();
        }
        BootPlan plan = planner.plan(client);
        tell(exchange, client, plan);
        if (plan.program().isEmpty() && isPxe(exchange)) {
            return Verdict.drop("nothing to boot");
        }
        plan.program().ifPresent(program ->
                BootAnswer.of(server(exchange), program, firmware.quirks()).writeTo(exchange));
        learn(exchange, client);
        return Verdict.next();
    }

    private Firmware firmware(DhcpExchange exchange) {
        Firmware now = Firmware.of(exchange);
        int xid = exchange.request().xid();
        Optional<DhcpMessageType> type = exchange.request().type();
        if (now.boots() && type.filter(is -> is == DhcpMessageType.DISCOVER).isPresent()) {
            discoveries.remember(xid, now);
        }
        boolean asksAgain = type.filter(is -> is == DhcpMessageType.REQUEST).isPresent();
        return asksAgain && now.quirks() == FirmwareQuirks.OTHER
                ? discoveries.recall(exchange.mac(), xid).orElse(now)
                : now;
    }

    /** The address that the client is being given, else the one that it has. */
    private static Optional<Inet4Address> address(DhcpExchange exchange) {
        Inet4Address given = exchange.replySoFar().yourAddress();
        return Optional.of(given.equals(Addresses.ANY) ? exchange.request().clientAddress() : given)
                .filter(address -> !address.equals(Addresses.ANY));
    }

    private Inet4Address server(DhcpExchange exchange) {
        return settings.nextServer().orElseGet(exchange::serverAddress);
    }

    /** Whose requests from this address will be: known when the client is, at the ACK or the BOOTP reply. */
    private void learn(DhcpExchange exchange, BootClient client) {
        DhcpMessage reply = exchange.replySoFar();
        boolean isFinal = reply.type().map(type -> type == DhcpMessageType.ACK).orElse(true);
        if (!isFinal) {
            return;
        }
        if (isPxe(exchange)) {
            Inet4Address address = exchange.request().clientAddress();
            exchange.beforeSend(() -> clients.learn(client, address, BootClients.Evidence.PXE_REQUEST));
        } else if (!reply.yourAddress().equals(Addresses.ANY)) {
            exchange.beforeSend(
                    () -> clients.learn(client, reply.yourAddress(), BootClients.Evidence.LEASE));
        }
    }

    /** One line a boot: with the first reply that could name a file. */
    private void tell(DhcpExchange exchange, BootClient client, BootPlan plan) {
        boolean isFirst = exchange.replySoFar().type().map(type -> type == DhcpMessageType.OFFER).orElse(true);
        if (!isFirst && !isPxe(exchange)) {
            return;
        }
        String reasons = plan.reasons().isEmpty() ? plan.decision().reason() : String.join("; ", plan.reasons());
        if (plan.program().isPresent()) {
            LOG.info(
                    "{} ({}) boots {} from {} by {}: {}",
                    client.mac(),
                    client.architecture(),
                    plan.program().get().path(),
                    server(exchange).getHostAddress(),
                    plan.loader().orElseThrow(),
                    reasons);
        } else {
            LOG.info("{} ({}) gets no boot file: {}", client.mac(), client.architecture(), reasons);
        }
    }

    private static boolean isPxe(DhcpExchange exchange) {
        return exchange.door().equals(PXE_DOOR);
    }
}
