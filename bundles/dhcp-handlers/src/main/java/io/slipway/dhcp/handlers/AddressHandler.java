package io.slipway.dhcp.handlers;

import io.slipway.boot.Machine;
import io.slipway.dhcp.DhcpExchange;
import io.slipway.dhcp.DhcpHandler;
import io.slipway.dhcp.Verdict;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers every kind of DHCP and BOOTP request with an address, or says why there is none (RFC 2131 section 4.3). */
@Component(property = DhcpHandler.NAME + "=address", configurationPid = AddressHandler.PID)
@Designate(ocd = AddressHandler.Config.class)
public final class AddressHandler implements DhcpHandler {

    static final String PID = "io.slipway.dhcp.address";

    private static final String FILE = "etc/" + PID + ".cfg";

    /** RFC 4039 section 4. */
    private static final int RAPID_COMMIT = 80;

    private static final Logger LOG = LoggerFactory.getLogger(AddressHandler.class);

    private final Settings settings;
    private final Clients clients;
    private final Leases leases;
    private final RequestAnswer requestAnswer;
    private final AddressProbe probe;

    /** What tells of a client: which networks it is in, what it is, how long it gets an address. */
    record Clients(Subnets subnets, Requesters requesters, Groups groups, Levels levels) {

        /** Who asks; empty when it is in no network that is served. */
        Optional<Requester> who(DhcpExchange exchange) {
            List<Subnet> candidates = subnets.candidates(exchange);
            if (candidates.isEmpty()) {
                return Optional.empty();
            }
            Optional<Machine> machine = requesters.machine(exchange);
            Set<String> names =
                    groups.of(exchange, machine).stream().map(Group::name).collect(Collectors.toUnmodifiableSet());
            return Optional.of(Requester.of(exchange, candidates, machine, names));
        }

        /** How long a client gets an address. */
        Duration leaseTime(DhcpExchange exchange, Requester who, Inet4Address address) {
            Subnet subnet =
                    who.subnetOf(Addresses.bits(address)).orElse(who.subnets().get(0));
            return levels.leaseTimes(exchange, subnet).granted(exchange.request());
        }
    }

    /** What is set in {@code etc/io.slipway.dhcp.address.cfg}. */
    @ObjectClassDefinition(name = "Slipway DHCP address", description = "How addresses are leased.")
    public @interface Config {

        @AttributeDefinition(
                description = "Whether this is the only DHCP server of its subnets: a client that claims an address of"
                        + " another network is refused, one that claims a free address that nobody knows of gets it.")
        boolean authoritative() default true;

        @AttributeDefinition(description = "How long an address rests that a client found in use: 45s, 10m, 1h.")
        String declineHold() default "10m";

        @AttributeDefinition(description = "Whether BOOTP clients get an address.")
        boolean bootp() default true;

        @AttributeDefinition(description = "Whether BOOTP clients without a reservation get an address of a pool.")
        boolean bootpDynamic() default true;

        @AttributeDefinition(description = "The lease of a BOOTP client, which never renews: 12h, 30d.")
        String bootpLease() default "30d";

        @AttributeDefinition(description = "Whether a client that asks for it is given a lease at once (RFC 4039).")
        boolean rapidCommit() default false;

        @AttributeDefinition(
                description = "How an address is asked for before it is offered to a client that did not have it: none,"
                        + " icmp.")
        String probe() default "none";

        @AttributeDefinition(
                description = "Addresses of each pool, in percent, that are kept for clients of which something is"
                        + " known: a machine, a reservation, a lease or one that has ended. 0 to 100.")
        String knownReserve() default "5";

        @AttributeDefinition(
                description = "Unknown clients: offers that wait to be taken, of one port of a switch; 0: any number.")
        String unknownOffersPerPort() default "64";

        @AttributeDefinition(description = "Unknown clients: new leases in a minute, of one port; 0: any number.")
        String unknownLeasesPerPort() default "600";

        @AttributeDefinition(
                description = "Unknown clients: offers that wait to be taken, of one relay agent that names no port, or"
                        + " of one interface; 0: any number.")
        String unknownOffersPerLink() default "20000";

        @AttributeDefinition(description = "Unknown clients: new leases in a minute, of the same; 0: any number.")
        String unknownLeasesPerLink() default "0";

        @AttributeDefinition(description = "Unknown clients: offers that wait to be taken, of all; 0: any number.")
        String unknownOffers() default "100000";

        @AttributeDefinition(description = "Unknown clients: new leases in a minute, of all; 0: any number.")
        String unknownLeases() default "0";
    }

    /**
     * @param probes whether an address is pinged before it is offered to a client that did not have it
     * @param bootpDynamic whether BOOTP clients get addresses that are not reserved for them
     */
    record Settings(
            boolean authoritative,
            Duration declineHold,
            boolean bootp,
            boolean bootpDynamic,
            Duration bootpLease,
            boolean rapidCommit,
            boolean probes,
            NewcomerLimits limits) {

        private static final int MOST = 10_000_000;

        static Settings of(Config config) {
            return new Settings(
                    config.authoritative(),
                    new ConfigValue(FILE, "declineHold", config.declineHold()).duration(),
                    config.bootp(),
                    config.bootpDynamic(),
                    new ConfigValue(FILE, "bootpLease", config.bootpLease()).duration(),
                    config.rapidCommit(),
                    probes(new ConfigValue(FILE, "probe", config.probe())),
                    new NewcomerLimits(
                            new NewcomerLimits.Limit(
                                    number("unknownOffersPerPort", config.unknownOffersPerPort()),
                                    number("unknownLeasesPerPort", config.unknownLeasesPerPort())),
                            new NewcomerLimits.Limit(
                                    number("unknownOffersPerLink", config.unknownOffersPerLink()),
                                    number("unknownLeasesPerLink", config.unknownLeasesPerLink())),
                            new NewcomerLimits.Limit(
                                    number("unknownOffers", config.unknownOffers()),
                                    number("unknownLeases", config.unknownLeases())),
                            new ConfigValue(FILE, "knownReserve", config.knownReserve()).number(0, 100)));
        }

        private static boolean probes(ConfigValue value) {
            return switch (value.text().strip()) {
                case "none" -> false;
                case "icmp" -> true;
                default -> throw value.refused("none or icmp");
            };
        }

        private static int number(String key, String text) {
            return new ConfigValue(FILE, key, text).number(0, MOST);
        }
    }

    @Activate
    public AddressHandler(
            @Reference Subnets subnets,
            @Reference Requesters requesters,
            @Reference Groups groups,
            @Reference Levels levels,
            @Reference Leases leases,
            Config config) {
        this(new Clients(subnets, requesters, groups, levels), leases, Settings.of(config), new EchoProbe());
    }

    AddressHandler(Clients clients, Leases leases, Settings settings, AddressProbe probe) {
        this.clients = clients;
        this.leases = leases;
        this.settings = settings;
        this.probe = probe;
        this.requestAnswer = new RequestAnswer(leases, settings.authoritative());
        leases.limit(settings.limits());
    }

    @Override
    public Verdict handle(DhcpExchange exchange) {
        DhcpMessage request = exchange.request();
        Optional<DhcpMessageType> type = request.type();
        if (type.isEmpty()
                && request.bytes(DhcpOptions.DHCP_MESSAGE_TYPE.code()).isPresent()) {
            return Verdict.drop("unknown message type");
        }
        if (Doors.isPxe(exchange)) {
            return pxe(exchange, type);
        }
        Optional<Requester> who = clients.who(exchange);
        if (who.isEmpty()) {
            return Verdict.drop("no subnet for this address");
        }
        Inet4Address present = request.clientAddress().equals(Addresses.ANY)
                ? request.option(DhcpOptions.DHCP_REQUESTED_ADDRESS).orElse(Addresses.ANY)
                : request.clientAddress();
        serve(exchange, who.get(), present);
        if (exchange.isTrial()) {
            who.get().describe().forEach(exchange::explain);
        }
        return type.isEmpty() ? bootp(exchange, who.get()) : dhcp(exchange, who.get(), type.get());
    }

    /** From our address in the subnet of the one that the client has, wants or gets. */
    private static void serve(DhcpExchange exchange, Requester who, Inet4Address address) {
        ServerIdentifierHandler.serve(
                exchange,
                who.subnetOf(Addresses.bits(address)).orElse(who.subnets().get(0)));
    }

    private Verdict dhcp(DhcpExchange exchange, Requester who, DhcpMessageType type) {
        return switch (type) {
            case DISCOVER -> discover(exchange, who);
            case REQUEST -> requestAnswer.answer(exchange, who, address -> clients.leaseTime(exchange, who, address));
            case DECLINE -> decline(exchange, who);
            case RELEASE -> release(exchange, who);
            case INFORM -> inform(exchange, who);
            case OFFER, ACK, NAK -> Verdict.drop("not a client's message");
        };
    }

    private Verdict discover(DhcpExchange exchange, Requester who) {
        Optional<Inet4Address> wish = exchange.request().option(DhcpOptions.DHCP_REQUESTED_ADDRESS);
        if (settings.rapidCommit() && exchange.request().bytes(RAPID_COMMIT).isPresent()) {
            return commit(exchange, who, wish);
        }
        Offer offer = leases.offer(who, wish);
        if (offer instanceof Offer.None none) {
            return Verdict.drop(none.reason());
        }
        Lease lease = ((Offer.Made) offer).lease();
        serve(exchange, who, lease.address());
        boolean isFresh = ((Offer.Made) offer).isFresh();
        if (exchange.isTrial()) {
            exchange.explain(who.describe(lease, isFresh) + (isFresh && settings.probes() ? ", pinged first" : ""));
        } else if (isFresh && settings.probes()) {
            exchange.sendAfter(probe.ask(lease.address()).thenAccept(answer -> judge(who, lease, answer)));
        }
        exchange.reply()
                .type(DhcpMessageType.OFFER)
                .yourAddress(lease.address())
                .option(DhcpOptions.DHCP_LEASE_TIME, clients.leaseTime(exchange, who, lease.address()));
        return Verdict.next();
    }

    /** The offer of an address that another machine uses is withdrawn; when the client asks again it gets another one. */
    private void judge(Requester who, Lease offered, AddressProbe.Answer answer) {
        if (!answer.isOfAnother(who.mac()) || !leases.occupied(who, offered.address(), settings.declineHold())) {
            return;
        }
        if (leases.tellsDecline(who.subnets().get(0).name())) {
            LOG.warn(
                    "{} was about to be offered but {} uses it. Find that machine, or put the address into exclude of"
                            + " the subnet {}; it rests for {} s",
                    offered.address().getHostAddress(),
                    answer.by().orElseThrow(),
                    who.subnets().get(0).network(),
                    settings.declineHold().toSeconds());
        }
        throw new CancellationException("the address is in use");
    }

    /** RFC 4039 section 3.1: the lease is committed, and the ACK holds the option too. */
    private Verdict commit(DhcpExchange exchange, Requester who, Optional<Inet4Address> wish) {
        Claim claim = leases.lend(who, wish, address -> clients.leaseTime(exchange, who, address));
        if (claim instanceof Claim.Granted granted) {
            serve(exchange, who, granted.lease().address());
            exchange.reply().bytes(RAPID_COMMIT, new byte[0]);
            return RequestAnswer.ack(exchange, granted);
        }
        return Verdict.drop(((Claim.Later) claim).reason());
    }

    private Verdict decline(DhcpExchange exchange, Requester who) {
        Optional<Inet4Address> address = exchange.request().option(DhcpOptions.DHCP_REQUESTED_ADDRESS);
        if (address.isEmpty() || !leases.decline(who, address.get(), settings.declineHold())) {
            return Verdict.drop("decline of an address it does not have");
        }
        Subnet subnet = who.subnets().get(0);
        if (!exchange.isTrial() && leases.tellsDecline(subnet.name())) {
            LOG.warn(
                    "{} was declined by {}: another machine uses it. Find that machine, or put the address into exclude"
                            + " of the subnet {}; it rests for {} s",
                    address.get().getHostAddress(),
                    exchange.mac(),
                    subnet.network(),
                    settings.declineHold().toSeconds());
        }
        return Verdict.drop("declined");
    }

    private Verdict release(DhcpExchange exchange, Requester who) {
        return leases.release(who, exchange.request().clientAddress())
                ? Verdict.drop("released")
                : Verdict.drop("release of an address it does not have");
    }

    /** RFC 2131 section 4.3.5: parameters only, no lease, no {@code yiaddr}. */
    private static Verdict inform(DhcpExchange exchange, Requester who) {
        Inet4Address address = exchange.request().clientAddress();
        Optional<Subnet> subnet = who.subnetOf(Addresses.bits(address));
        if (subnet.isEmpty()) {
            return Verdict.drop("inform from an address that is in no subnet");
        }
        if (!subnet.get().network().hosts().contains(address) || who.seesInUse(Addresses.bits(address))) {
            return Verdict.drop("inform from an address that is no client's");
        }
        exchange.reply().type(DhcpMessageType.ACK);
        return Verdict.next();
    }

    /** On port 4011 firmware that has its address from elsewhere asks what to boot; nothing is leased. */
    private static Verdict pxe(DhcpExchange exchange, Optional<DhcpMessageType> type) {
        Inet4Address address = exchange.request().clientAddress();
        boolean asks = type.filter(is -> is == DhcpMessageType.REQUEST || is == DhcpMessageType.INFORM)
                .isPresent();
        if (!asks || address.equals(Addresses.ANY)) {
            return Verdict.drop("not a PXE request of a client with an address");
        }
        exchange.reply().type(DhcpMessageType.ACK);
        return Verdict.next();
    }

    /**
     * RFC 1534 section 2, RFC 951 section 7: one request, one reply. What is reserved for a client is its own for good;
     * its lease is only what is written down of that.
     */
    private Verdict bootp(DhcpExchange exchange, Requester who) {
        if (!settings.bootp()) {
            return Verdict.drop("BOOTP is off");
        }
        if (!settings.bootpDynamic() && who.reserved().isEmpty()) {
            return Verdict.drop("BOOTP without a reservation");
        }
        Inet4Address present = exchange.request().clientAddress();
        Claim claim = present.equals(Addresses.ANY)
                ? leases.lend(who, Optional.empty(), address -> settings.bootpLease())
                : leases.claim(who, present, new Terms(settings.bootpLease(), true, true));
        if (claim instanceof Claim.Granted granted) {
            serve(exchange, who, granted.lease().address());
            exchange.sendAfter(granted.stored());
            exchange.reply().yourAddress(granted.lease().address());
            return Verdict.next();
        }
        return claim instanceof Claim.Later later
                ? Verdict.drop(later.reason())
                : Verdict.drop("BOOTP with an address of others");
    }
}
