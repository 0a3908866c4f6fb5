package io.slipway.dhcp.boot;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootClients;
import io.slipway.boot.BootEntry;
import io.slipway.boot.BootPlan;
import io.slipway.boot.BootPlanner;
import io.slipway.boot.BootTransport;
import io.slipway.boot.NetworkProgram;
import io.slipway.dhcp.DhcpExchange;
import io.slipway.dhcp.DhcpHandler;
import io.slipway.dhcp.Verdict;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import io.slipway.sockets.Door;
import io.slipway.sockets.Doors;
import java.net.Inet4Address;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
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
    private static final String HTTP_DOOR = "http";
    private static final int REMEMBERED_MACHINES = 8192;

    private static final Logger LOG = LoggerFactory.getLogger(BootHandler.class);

    private final BootPlanner planner;
    private final BootClients clients;
    private final Settings settings;
    private final Discoveries discoveries = new Discoveries(REMEMBERED_MACHINES);

    /** Tells the port of the HTTP door; not there means that none is open. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile Doors doors;

    /** What is set in {@code etc/io.slipway.dhcp.boot.cfg}. */
    @ObjectClassDefinition(name = "Slipway DHCP boot", description = "What boot clients are told.")
    public @interface Config {

        @AttributeDefinition(
                description = "Where firmware fetches its files, an IPv4 address; empty means from the address of this"
                        + " server on the client's network.")
        String nextServer() default "";

        @AttributeDefinition(
                description = "PXE firmware that shows the boot menu itself: MAC addresses, architectures or"
                        + " option 60; * and ? are wildcards.")
        String[] menu() default {};

        @AttributeDefinition(description = "PXE firmware that is told the boot file on port 4011 only; as above.")
        String[] ask() default {};

        @AttributeDefinition(description = "PXE firmware that is told the boot file with the first reply; as above.")
        String[] straight() default {};
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
        if (isForAnother(exchange)) {
            learnForeign(exchange, firmware.client());
            return Verdict.drop("not for this server");
        }
        Optional<Inet4Address> address = address(exchange);
        BootClient client = address.map(
                        known -> firmware.client().toBuilder().address(known).build())
                .orElse(firmware.client());
        if (exchange.isTrial()) {
            exchange.explain(firmware.boots() ? "firmware: " + firmware.quirks() : "no boot client");
        }
        if (!firmware.boots()) {
            learn(exchange, client, BootClients.Evidence.HOST_LEASE);
            return isBootOnly(exchange) ? Verdict.drop("not a boot client") : Verdict.next();
        }
        return boot(exchange, client, firmware.quirks());
    }

    private Verdict boot(DhcpExchange exchange, BootClient asking, FirmwareQuirks quirks) {
        BootClient client = asking;
        BootPlan plan = planner.plan(client);
        Optional<PxeMenu> menu = PxeMenu.of(plan);
        Optional<PxeMenu.Item> item = quirks.isPxe() ? PxeMenu.asked(exchange.request()) : Optional.empty();
        if (item.isPresent() && menu.isPresent()) {
            Optional<BootEntry> entry = menu.get().entry(item.get());
            if (entry.isEmpty()) {
                return Verdict.drop("no such boot item");
            }
            client = client.toBuilder()
                    .label(BootClient.CHOSEN_ENTRY, entry.get().id())
                    .build();
            plan = planner.plan(client);
            remember(exchange, new Firmware(client, true, quirks));
        }
        Optional<BootAnswer> answer = plan.program().flatMap(program -> answer(exchange, program, quirks));
        tell(exchange, client, plan, answer);
        if (answer.isEmpty() && isBootOnly(exchange)) {
            return Verdict.drop("nothing to boot");
        }
        Optional<byte[]> vendorOptions = item.map(PxeMenu::answer);
        // A URL is of no use to what asks by option 43: it is for iPXE, which is the loader already.
        Lead lead = answer.filter(BootAnswer::isUrl).isPresent() ? Lead.STRAIGHT : lead(exchange, client, quirks);
        answer.ifPresent(known -> {
            if (vendorOptions.isPresent() || lead == Lead.STRAIGHT) {
                known.writeTo(exchange, vendorOptions.or(quirks::vendorOptions));
            } else {
                known.leadOn(exchange, menu.filter(is -> lead == Lead.MENU));
            }
        });
        learn(exchange, client, BootClients.Evidence.LEASE);
        return Verdict.next();
    }

    /** How this reply leads the client on. */
    private Lead lead(DhcpExchange exchange, BootClient client, FirmwareQuirks quirks) {
        if (!quirks.isPxe()) {
            return Lead.STRAIGHT;
        }
        Lead usual = isBootOnly(exchange) ? quirks.besideOthers() : Lead.STRAIGHT;
        Lead lead = settings.lead(client).orElse(usual);
        boolean mustAsk = lead == Lead.ASK || (lead == Lead.MENU && usual == Lead.ASK);
        if (mustAsk && !isPxe(exchange)) {
            return Lead.ASK;
        }
        return lead == Lead.ASK ? Lead.STRAIGHT : lead;
    }

    /** A REQUEST to which no handler gave an answer: it names another server, whose offer the client takes. */
    private static boolean isForAnother(DhcpExchange exchange) {
        return exchange.replySoFar().type().isEmpty()
                && exchange.request().type().equals(Optional.of(DhcpMessageType.REQUEST));
    }

    /** A reply that gives no address, to a client that wants nothing but its boot file. */
    private static boolean isBootOnly(DhcpExchange exchange) {
        return isPxe(exchange) || isProxyOffer(exchange) || isDiscovery(exchange);
    }

    private static boolean isProxyOffer(DhcpExchange exchange) {
        DhcpMessage reply = exchange.replySoFar();
        return reply.type().equals(Optional.of(DhcpMessageType.OFFER))
                && reply.yourAddress().equals(Addresses.ANY);
    }

    /** PXE 2.1 section 2.2.4: a client with an address looks for the boot server of an item, by broadcast. */
    private static boolean isDiscovery(DhcpExchange exchange) {
        return !exchange.request().clientAddress().equals(Addresses.ANY)
                && PxeMenu.asked(exchange.request()).isPresent();
    }

    /** Empty for a program that is fetched with HTTP where no HTTP door is open. */
    private Optional<BootAnswer> answer(DhcpExchange exchange, NetworkProgram program, FirmwareQuirks quirks) {
        return program.transport() == BootTransport.HTTP
                ? httpPort(exchange.link()).map(port -> BootAnswer.byHttp(server(exchange), port, program, quirks))
                : Optional.of(BootAnswer.byTftp(server(exchange), program, quirks));
    }

    private Optional<Integer> httpPort(String link) {
        return Optional.ofNullable(doors).map(Doors::open).orElse(List.of()).stream()
                .filter(door -> door.name().equals(HTTP_DOOR)
                        && door.link().name().equals(link)
                        && door.ipv6().isEmpty())
                .map(Door::port)
                .findFirst();
    }

    private Firmware firmware(DhcpExchange exchange) {
        int xid = exchange.request().xid();
        Firmware said = Firmware.of(exchange);
        Firmware placed = isLeasedElsewhere(exchange) ? said.labelled(BootClient.LEASED_ELSEWHERE, "true") : said;
        Firmware now = Optional.of(placed)
                .filter(firmware -> firmware.quirks() == FirmwareQuirks.IPXE)
                .flatMap(firmware -> discoveries.chosen(exchange.mac(), xid))
                .map(entry -> placed.labelled(BootClient.CHOSEN_ENTRY, entry))
                .orElse(placed);
        Optional<DhcpMessageType> type = exchange.request().type();
        if (now.boots() && type.filter(is -> is == DhcpMessageType.DISCOVER).isPresent()) {
            remember(exchange, now);
        }
        boolean asksAgain = type.filter(is -> is == DhcpMessageType.REQUEST).isPresent();
        return asksAgain && now.quirks() == FirmwareQuirks.OTHER
                ? discoveries.recall(exchange.mac(), xid).orElse(now)
                : now;
    }

    private void remember(DhcpExchange exchange, Firmware firmware) {
        if (!exchange.isTrial()) {
            discoveries.remember(exchange.request().xid(), firmware);
        }
    }

    /** On port 4011 it does not show, but it did when the same machine asked on port 67. */
    private boolean isLeasedElsewhere(DhcpExchange exchange) {
        return isForAnother(exchange)
                || isProxyOffer(exchange)
                || (isPxe(exchange)
                        && discoveries
                                .latest(exchange.mac())
                                .filter(Firmware::isLeasedElsewhere)
                                .isPresent());
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
    private void learn(DhcpExchange exchange, BootClient client, BootClients.Evidence lease) {
        DhcpMessage reply = exchange.replySoFar();
        boolean isFinal = reply.type().map(type -> type == DhcpMessageType.ACK).orElse(true);
        if (!isFinal) {
            return;
        }
        if (isPxe(exchange) || isDiscovery(exchange)) {
            Inet4Address address = exchange.request().clientAddress();
            if (address.equals(Addresses.ANY)) {
                return;
            }
            exchange.beforeSend(() -> clients.learn(client, address, BootClients.Evidence.PXE_REQUEST));
        } else if (!reply.yourAddress().equals(Addresses.ANY)) {
            exchange.beforeSend(() -> clients.learn(client, reply.yourAddress(), lease));
        }
    }

    /** Nothing is answered, so nothing is waited for. */
    private void learnForeign(DhcpExchange exchange, BootClient client) {
        exchange.request()
                .option(DhcpOptions.DHCP_REQUESTED_ADDRESS)
                .filter(address -> !exchange.isTrial())
                .ifPresent(address -> clients.learn(
                        client.toBuilder().address(address).build(), address, BootClients.Evidence.FOREIGN_LEASE));
    }

    /** One line a boot: with the first reply that could name a file. */
    private void tell(DhcpExchange exchange, BootClient client, BootPlan plan, Optional<BootAnswer> answer) {
        if (exchange.isTrial()) {
            explain(exchange, plan, answer);
            return;
        }
        boolean isFirst = exchange.replySoFar()
                .type()
                .map(type -> type == DhcpMessageType.OFFER)
                .orElse(true);
        if (!isFirst && !isPxe(exchange)) {
            return;
        }
        String reasons = plan.reasons().isEmpty() ? plan.decision().reason() : String.join("; ", plan.reasons());
        if (answer.isPresent()) {
            LOG.info(
                    "{} ({}) boots {} from {} by {}: {}",
                    client.mac(),
                    client.architecture(),
                    answer.get().location(),
                    server(exchange).getHostAddress(),
                    plan.loader().orElseThrow(),
                    reasons);
        } else if (plan.program().isPresent()) {
            LOG.warn(
                    "{} ({}) gets no boot file: {} is fetched with HTTP and no door '{}' is open on {}; add http:80/tcp"
                            + " to 'doors' in etc/io.slipway.sockets.cfg",
                    client.mac(),
                    client.architecture(),
                    plan.program().get().path(),
                    HTTP_DOOR,
                    exchange.link());
        } else {
            LOG.info("{} ({}) gets no boot file: {}", client.mac(), client.architecture(), reasons);
        }
    }

    private static void explain(DhcpExchange exchange, BootPlan plan, Optional<BootAnswer> answer) {
        if (plan.reasons().isEmpty()) {
            exchange.explain(plan.decision().reason());
        }
        plan.reasons().forEach(exchange::explain);
        if (answer.isEmpty() && plan.program().isPresent()) {
            exchange.explain("no door 'http' is open on " + exchange.link() + ", and its program is fetched with HTTP");
        }
    }

    private static boolean isPxe(DhcpExchange exchange) {
        return exchange.door().equals(PXE_DOOR);
    }
}
