package io.slipway.dhcp.handlers;

import io.slipway.boot.MacAddress;
import io.slipway.boot.Machines;
import io.slipway.boot.Transfers;
import io.slipway.dhcp.DhcpHandler;
import io.slipway.dhcp.Verdict;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import io.slipway.state.MemoryStateStore;
import io.slipway.state.StateStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The chain as it is shipped, over a store in memory and a clock that the test turns. */
public final class Chain {

    static final Subnet LAN = subnet("192.0.2.0/24", "192.0.2.100-192.0.2.119");
    static final AddressHandler.Settings DEFAULTS = new AddressHandler.Settings(
            true, Duration.ofMinutes(10), true, true, Duration.ofDays(30), false, false, NewcomerLimits.NONE);

    final MemoryStateStore store;
    private volatile Networks networks;
    final Requesters requesters = new Requesters();
    final Subnets subnets = new Subnets(() -> networks);
    private final Groups groups = new Groups(() -> networks);
    private final Levels levels = new Levels(() -> networks, requesters, groups);
    final AddressHandler.Clients clients = new AddressHandler.Clients(subnets, requesters, groups, levels);
    final FakeMachines machines = new FakeMachines();
    final FakeProbe probe = new FakeProbe();
    final FakeTransfers transfers = new FakeTransfers();
    public final Leases leases;
    private final List<DhcpHandler> handlers;
    long nanos;

    Chain(MemoryStateStore store, AddressHandler.Settings settings, long epoch, Subnet... served) {
        this(store, store, settings, epoch, served);
    }

    private Chain(
            MemoryStateStore memory, StateStore used, AddressHandler.Settings settings, long epoch, Subnet... served) {
        store = memory;
        serve(served);
        try {
            leases = new Leases(used, new LeaseClock(() -> nanos, epoch));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        leases.machines = machines;
        leases.transfers = transfers;
        requesters.machines = machines;
        handlers = List.of(
                new AllowHandler(new AllowHandler.Settings(List.of(new MacPattern("*")), List.of(), 0)),
                new ServerIdentifierHandler(),
                new AddressHandler(clients, leases, settings, probe),
                new NetworkOptionsHandler(subnets, levels));
    }

    /** On a store of another kind; {@link #store} is not used then. */
    static Chain on(StateStore used, long epoch, Subnet... served) {
        return new Chain(new MemoryStateStore(), used, DEFAULTS, epoch, served);
    }

    public static Chain fresh() {
        return new Chain(new MemoryStateStore(), DEFAULTS, 1_000_000, LAN);
    }

    /** The same store, another process. */
    public Chain restarted() {
        return new Chain(store, DEFAULTS, 1_000_000 + nanos / 1_000_000_000L, LAN);
    }

    /** What is configured, as operators ask about it. */
    public AddressPlan plan() {
        return new AddressPlan(() -> networks, leases);
    }

    public Machines machines() {
        return machines;
    }

    public Transfers transfers() {
        return transfers;
    }

    public void beginTransfer(Inet4Address address) {
        transfers.begin(address);
    }

    public void endTransfer(Inet4Address address) {
        transfers.end(address);
    }

    /** From now on nothing can be stored. */
    public void breakDisk() {
        store.disk = MemoryStateStore.Disk.FAILS;
    }

    /** From now on these are the subnets that are configured. */
    void serve(Subnet... served) {
        networks = new Networks(List.of(served), List.of(), Level.EMPTY);
    }

    /** From now on these are the subnets that are configured, by network, with a range each. */
    public void serve(Map<String, String> ranges) {
        serve(ranges.entrySet().stream()
                .map(entry -> subnet(entry.getKey(), entry.getValue()))
                .toArray(Subnet[]::new));
    }

    public static Chain ofSubnet(String network, String range) {
        return new Chain(new MemoryStateStore(), DEFAULTS, 1_000_000, subnet(network, range));
    }

    /** From now on this is what is configured. */
    void serve(Networks configured) {
        networks = configured;
    }

    static Subnet subnet(String network, String range) {
        return subnet(Map.of("subnet", network, "range", range));
    }

    /** A subnet as its file has it. */
    static Subnet subnet(Map<String, String> keys) {
        String name = keys.get("subnet");
        return SubnetFile.parse(new ConfigFile(SubnetFile.PID, name, keys));
    }

    public void pass(Duration time) {
        nanos += time.toNanos();
    }

    Verdict run(FakeExchange exchange) {
        Verdict verdict = Verdict.next();
        for (DhcpHandler handler : handlers) {
            try {
                verdict = handler.handle(exchange);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (!(verdict instanceof Verdict.Continue)) {
                return verdict;
            }
        }
        return verdict;
    }

    /** The reply that the server would send now; empty when it would send none. */
    Optional<DhcpMessage> send(FakeExchange exchange) {
        return run(exchange) instanceof Verdict.Drop || !exchange.mayBeSent()
                ? Optional.empty()
                : Optional.of(exchange.replySoFar());
    }

    public Optional<DhcpMessage> send(DhcpMessage.Builder request) {
        return send(new FakeExchange(request.build()));
    }

    /** Why nothing is sent. */
    String dropped(DhcpMessage.Builder request) {
        return ((Verdict.Drop) run(new FakeExchange(request.build()))).reason();
    }

    /** DISCOVER, OFFER, REQUEST, ACK: the address. */
    public Inet4Address lease(MacAddress mac) {
        Inet4Address offered = send(discover(mac)).orElseThrow().yourAddress();
        return send(selecting(mac, offered)).orElseThrow().yourAddress();
    }

    public static MacAddress mac(int number) {
        return new MacAddress(0x525400000000L + number);
    }

    /** Whom a reply is for. */
    static MacAddress macOf(DhcpMessage reply) {
        return MacAddress.of(reply.hardwareAddress());
    }

    public static Inet4Address ip(String text) {
        return Addresses.parse(text);
    }

    static DhcpMessage.Builder bootp(MacAddress mac) {
        return DhcpMessage.builder()
                .hardware(DhcpMessage.ETHERNET, mac.octets())
                .xid(7);
    }

    public static DhcpMessage.Builder discover(MacAddress mac) {
        return bootp(mac).type(DhcpMessageType.DISCOVER);
    }

    public static DhcpMessage.Builder discover(MacAddress mac, String wish) {
        return discover(mac).option(DhcpOptions.DHCP_REQUESTED_ADDRESS, ip(wish));
    }

    public static DhcpMessage.Builder selecting(MacAddress mac, Inet4Address address) {
        return rebooting(mac, address).option(DhcpOptions.DHCP_SERVER_IDENTIFIER, FakeExchange.SERVER);
    }

    static DhcpMessage.Builder rebooting(MacAddress mac, Inet4Address address) {
        return bootp(mac).type(DhcpMessageType.REQUEST).option(DhcpOptions.DHCP_REQUESTED_ADDRESS, address);
    }

    /** Renewing and rebinding differ in the destination only. */
    public static DhcpMessage.Builder renewing(MacAddress mac, Inet4Address address) {
        return bootp(mac).type(DhcpMessageType.REQUEST).clientAddress(address);
    }

    static DhcpMessage.Builder release(MacAddress mac, Inet4Address address) {
        return bootp(mac)
                .type(DhcpMessageType.RELEASE)
                .clientAddress(address)
                .option(DhcpOptions.DHCP_SERVER_IDENTIFIER, FakeExchange.SERVER);
    }

    public static DhcpMessage.Builder decline(MacAddress mac, Inet4Address address) {
        return bootp(mac)
                .type(DhcpMessageType.DECLINE)
                .option(DhcpOptions.DHCP_REQUESTED_ADDRESS, address)
                .option(DhcpOptions.DHCP_SERVER_IDENTIFIER, FakeExchange.SERVER);
    }

    static Chain with(UnaryOperator<AddressHandler.Settings> change, Subnet... served) {
        return new Chain(new MemoryStateStore(), change.apply(DEFAULTS), 1_000_000, served);
    }
}
