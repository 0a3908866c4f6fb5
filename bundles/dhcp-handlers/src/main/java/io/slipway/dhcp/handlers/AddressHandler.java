package io.slipway.dhcp.handlers;

import io.slipway.dhcp.DhcpExchange;
import io.slipway.dhcp.DhcpHandler;
import io.slipway.dhcp.Verdict;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.Optional;
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

    private static final Logger LOG = LoggerFactory.getLogger(AddressHandler.class);

    private final Settings settings;
    private final Subnets subnets;
    private final Levels levels;
    private final Leases leases;
    private final RequestAnswer requestAnswer;

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

        @AttributeDefinition(description = "The lease of a BOOTP client, which never renews: 12h, 30d.")
        String bootpLease() default "30d";
    }

    record Settings(boolean authoritative, Duration declineHold, boolean bootp, Duration bootpLease) {

        static Settings of(Config config) {
            return new Settings(
                    config.authoritative(),
                    new ConfigValue(FILE, "declineHold", config.declineHold()).duration(),
                    config.bootp(),
                    new ConfigValue(FILE, "bootpLease", config.bootpLease()).duration());
        }
    }

    @Activate
    public AddressHandler(
            @Reference Subnets subnets, @Reference Levels levels, @Reference Leases leases, Config config) {
        this(subnets, levels, leases, Settings.of(config));
    }

    AddressHandler(Subnets subnets, Levels levels, Leases leases, Settings settings) {
        this.subnets = subnets;
        this.levels = levels;
        this.leases = leases;
        this.settings = settings;
        this.requestAnswer = new RequestAnswer(leases, settings.authoritative());
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
        Optional<Subnet> subnet = subnets.of(exchange);
        if (subnet.isEmpty()) {
            return Verdict.drop("no subnet for this address");
        }
        return type.isEmpty() ? bootp(exchange, subnet.get()) : dhcp(exchange, subnet.get(), type.get());
    }

    private Verdict dhcp(DhcpExchange exchange, Subnet subnet, DhcpMessageType type) {
        return switch (type) {
            case DISCOVER -> discover(exchange, subnet);
            case REQUEST -> requestAnswer.answer(exchange, subnet, leaseTime(exchange, subnet));
            case DECLINE -> decline(exchange, subnet);
            case RELEASE -> release(exchange, subnet);
            case INFORM -> inform(exchange, subnet);
            case OFFER, ACK, NAK -> Verdict.drop("not a client's message");
        };
    }

    private Verdict discover(DhcpExchange exchange, Subnet subnet) {
        Optional<Inet4Address> wish = exchange.request().option(DhcpOptions.DHCP_REQUESTED_ADDRESS);
        Optional<Lease> offer = leases.offer(subnet, Requester.of(exchange), wish);
        if (offer.isEmpty()) {
            return exhausted(subnet);
        }
        exchange.reply()
                .type(DhcpMessageType.OFFER)
                .yourAddress(offer.get().address())
                .option(DhcpOptions.DHCP_LEASE_TIME, leaseTime(exchange, subnet));
        return Verdict.next();
    }

    private Verdict decline(DhcpExchange exchange, Subnet subnet) {
        Optional<Inet4Address> address = exchange.request().option(DhcpOptions.DHCP_REQUESTED_ADDRESS);
        if (address.isEmpty()
                || !leases.decline(subnet, Requester.of(exchange), address.get(), settings.declineHold())) {
            return Verdict.drop("decline of an address it does not have");
        }
        if (leases.tellsDecline(subnet)) {
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

    private Verdict release(DhcpExchange exchange, Subnet subnet) {
        return leases.release(subnet, Requester.of(exchange), exchange.request().clientAddress())
                ? Verdict.drop("released")
                : Verdict.drop("release of an address it does not have");
    }

    /** RFC 2131 section 4.3.5: parameters only, no lease, no {@code yiaddr}. */
    private static Verdict inform(DhcpExchange exchange, Subnet subnet) {
        Inet4Address address = exchange.request().clientAddress();
        if (!subnet.network().contains(address)) {
            return Verdict.drop("inform from an address that is in no subnet");
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

    /** RFC 1534 section 2, RFC 951 section 7: one request, one reply. */
    private Verdict bootp(DhcpExchange exchange, Subnet subnet) {
        if (!settings.bootp()) {
            return Verdict.drop("BOOTP is off");
        }
        Requester who = Requester.of(exchange);
        Inet4Address present = exchange.request().clientAddress();
        Optional<Claim.Granted> lease = present.equals(Addresses.ANY)
                ? leases.lend(subnet, who, settings.bootpLease())
                : leases.claim(subnet, who, present, settings.bootpLease(), true)
                        .granted();
        if (lease.isEmpty()) {
            return present.equals(Addresses.ANY) ? exhausted(subnet) : Verdict.drop("BOOTP with an address of others");
        }
        exchange.sendAfter(lease.get().stored());
        exchange.reply().yourAddress(lease.get().lease().address());
        return Verdict.next();
    }

    private Verdict exhausted(Subnet subnet) {
        leases.complaint(subnet).ifPresent(complaint -> LOG.warn("{}. Widen range, or shorten leaseTime", complaint));
        return Verdict.drop("no free address");
    }

    private Duration leaseTime(DhcpExchange exchange, Subnet subnet) {
        return levels.leaseTimes(exchange, subnet).granted(exchange.request());
    }
}
