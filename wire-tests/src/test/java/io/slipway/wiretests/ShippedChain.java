package io.slipway.wiretests;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slipway.boot.MacAddress;
import io.slipway.boot.Machine;
import io.slipway.boot.MachineIdentity;
import io.slipway.boot.Machines;
import io.slipway.dhcp.DhcpHandler;
import io.slipway.dhcp.boot.BootHandler;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.handlers.AddressHandler;
import io.slipway.dhcp.handlers.AllowHandler;
import io.slipway.dhcp.handlers.Groups;
import io.slipway.dhcp.handlers.Leases;
import io.slipway.dhcp.handlers.Levels;
import io.slipway.dhcp.handlers.NetworkFiles;
import io.slipway.dhcp.handlers.NetworkOptionsHandler;
import io.slipway.dhcp.handlers.Requesters;
import io.slipway.dhcp.handlers.ServerIdentifierHandler;
import io.slipway.dhcp.handlers.Subnets;
import io.slipway.dhcp.proxy.ForeignServersHandler;
import io.slipway.dhcp.proxy.ProxyHandler;
import io.slipway.dhcp.proxy.SegmentModes;
import io.slipway.dhcp.server.DhcpServer;
import io.slipway.dhcp.server.DhcpStatistics;
import io.slipway.sockets.Doors;
import io.slipway.state.MemoryStateStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The server and every handler as they ship, wired as the container does it; state, machines, boot policy and doors are
 * in memory. On {@code eth0} this server (192.0.2.1) leases addresses, on {@code eth1} (203.0.113.1) another one does.
 */
final class ShippedChain implements AutoCloseable {

    /** Reserved for the machine that these identify. */
    static final Inet4Address RESERVED = Addresses.parse("192.0.2.50");

    private static final Machine NODE = Machine.builder("node")
            .identity(new MachineIdentity.Mac(new MacAddress(0x5254000000aaL)))
            .uuid(UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"))
            .identity(new MachineIdentity.CircuitId("67653130"))
            .address(RESERVED)
            .build();

    private static final Map<String, Map<String, String>> ETC = Map.of(
            "io.slipway.dhcp.subnet~lan",
            Map.of(
                    "subnet", "192.0.2.0/24",
                    "range", "192.0.2.100-192.0.2.199",
                    "routers", "192.0.2.254",
                    "dns", "192.0.2.2",
                    "domain", "lab.example"),
            "io.slipway.dhcp.subnet~far",
            Map.of("subnet", "198.51.100.0/24", "range", "198.51.100.10-198.51.100.250", "routers", "198.51.100.1"),
            "io.slipway.dhcp.subnet~wide",
            Map.of("subnet", "10.0.0.0/8", "range", "10.1.0.0-10.15.255.255", "relay", "10.255.0.1"),
            "io.slipway.dhcp.options",
            Map.of("option.ntp-servers", "192.0.2.4", "option.interface-mtu", "1500"));

    private final Map<String, RecordingDoor> doors = new HashMap<>();
    private final SegmentModes modes;
    private final DhcpServer server;

    ShippedChain() {
        for (String name : List.of("dhcp", "pxe", "http")) {
            doors.put(name + " on eth0", RecordingDoor.of(name, "eth0", "192.0.2.1"));
            doors.put(name + " on eth1", RecordingDoor.of(name, "eth1", "203.0.113.1"));
        }
        server = new DhcpServer(Wired.config(DhcpServer.Config.class, Map.of("workers", "1")));
        modes = new SegmentModes(
                Wired.config(SegmentModes.Config.class, Map.of("probeInterval", "0")), Map.of("mode.eth1", "proxy"));
        NetworkFiles files = new NetworkFiles(Wired.admin(ETC));
        Subnets subnets = new Subnets(files);
        Requesters requesters = new Requesters();
        Wired.field(requesters, "machines", new OneMachine());
        Groups groups = new Groups(files);
        Levels levels = new Levels(files, requesters, groups);
        Leases leases = leases();
        FakeBoot boot = new FakeBoot();
        BootHandler bootHandler = new BootHandler(boot, boot, Wired.config(BootHandler.Config.class, Map.of()));
        Doors open = () -> List.copyOf(doors.values());
        Wired.field(bootHandler, "doors", open);
        long id = 1;
        for (Map.Entry<String, DhcpHandler> handler : Map.of(
                        "allow",
                        new AllowHandler(Wired.config(AllowHandler.Config.class, Map.of("clientRate", "0"))),
                        "foreign-servers",
                        new ForeignServersHandler(modes),
                        "server-identifier",
                        new ServerIdentifierHandler(),
                        "proxy",
                        new ProxyHandler(modes),
                        "address",
                        new AddressHandler(
                                subnets,
                                requesters,
                                groups,
                                levels,
                                leases,
                                Wired.config(AddressHandler.Config.class, Map.of())),
                        "network-options",
                        new NetworkOptionsHandler(subnets, levels),
                        "boot",
                        bootHandler)
                .entrySet()) {
            Wired.method(
                    server,
                    "addHandler",
                    DhcpHandler.class,
                    handler.getValue(),
                    Map.of(DhcpHandler.NAME, handler.getKey(), "service.id", id++));
        }
    }

    private static Leases leases() {
        try {
            Leases leases = new Leases(new MemoryStateStore());
            Wired.field(leases, "machines", new OneMachine());
            return leases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hands over a datagram and waits for what becomes of it: each has one outcome, and is kept by nobody. */
    Outcome receive(byte[] bytes, Arrival arrival) {
        RecordingDoor door = doors.get(arrival.door());
        Map<String, Long> before = dropped();
        ByteBuf content = Unpooled.buffer(bytes.length + 1).writeBytes(bytes);
        server.received(
                content, new InetSocketAddress(arrival.sender(), arrival.senderPort()), arrival.recipient(), door);
        if (!content.release()) {
            throw new AssertionError("the datagram was kept");
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < deadline) {
            Outcome.Sent sent = door.sent().poll();
            if (sent != null) {
                return sent;
            }
            Optional<String> reason = more(before, dropped());
            if (reason.isPresent()) {
                return new Outcome.Dropped(reason.get());
            }
            LockSupport.parkNanos(10_000);
        }
        throw new AssertionError("a datagram came to nothing: " + MessageText.hex(bytes));
    }

    private static Optional<String> more(Map<String, Long> before, Map<String, Long> after) {
        return after.entrySet().stream()
                .filter(entry -> entry.getValue() > before.getOrDefault(entry.getKey(), 0L))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private Map<String, Long> dropped() {
        Map<String, Long> counts = new HashMap<>();
        for (DhcpStatistics.Count count : server.counts()) {
            if (count.kind().equals("dropped")) {
                counts.put(count.what(), count.number());
            }
        }
        return counts;
    }

    @Override
    public void close() {
        Wired.call(server, "close");
        Wired.call(modes, "close");
    }

    private static final class OneMachine implements Machines {

        @Override
        public Optional<Machine> find(MachineIdentity identity) {
            return Optional.of(NODE).filter(node -> node.identities().contains(identity));
        }

        @Override
        public Optional<Machine> named(String name) {
            return Optional.of(NODE).filter(node -> node.name().equals(name));
        }

        @Override
        public Optional<Machine> holding(InetAddress address) {
            return Optional.of(NODE).filter(node -> node.addresses().contains(address));
        }

        @Override
        public Collection<Machine> all() {
            return List.of(NODE);
        }

        @Override
        public CompletionStage<Void> put(Machine machine) {
            throw new UnsupportedOperationException("DHCP asks, it does not change");
        }

        @Override
        public CompletionStage<Boolean> remove(String name) {
            throw new UnsupportedOperationException("DHCP asks, it does not change");
        }
    }
}
