package io.slipway.dhcp.server.command;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.slipway.boot.MacAddress;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpEncoder;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import io.slipway.dhcp.server.DhcpTrials;
import io.slipway.dhcp.server.Trial;
import io.slipway.sockets.DatagramDoor;
import io.slipway.sockets.Doors;
import java.io.PrintStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;

/** {@code dhcp:simulate --mac MAC …}. */
@Service
@Command(
        scope = "dhcp",
        name = "simulate",
        description = "Shows what a client would be answered, and what each handler of the chain does to that; nothing"
                + " is sent, stored, learnt or counted")
public final class SimulateCommand implements Action {

    static final List<String> TYPES = List.of("discover", "request", "inform", "bootp");

    private static final int SERVER_PORT = 67;
    private static final int CLIENT_PORT = 68;

    @Option(name = "--mac", description = "The client's MAC address, such as 52:54:00:12:34:56", required = true)
    String mac;

    @Option(
            name = "--arch",
            description = "Its firmware, such as bios-x86, uefi-x64, uefi-x64-http or option 93's number; without it an"
                    + " operating system asks")
    @Completion(ArchitectureCompleter.class)
    String arch;

    @Option(
            name = "--type",
            description = "discover, request, inform or bootp. A request without --requested and --ciaddr takes what a"
                    + " discover would be offered")
    @Completion(TypeCompleter.class)
    String type = "discover";

    @Option(
            name = "--interface",
            aliases = "--link",
            description = "The server's interface where it comes in; needed when there are several")
    @Completion(LinkCompleter.class)
    String link;

    @Option(name = "--relay", description = "The address of the relay agent that it comes by (giaddr)")
    String relay;

    @Option(name = "--class", description = "User class (option 77); iPXE makes it a packet of iPXE")
    String userClass;

    @Option(name = "--vendor-class", description = "Vendor class (option 60), in place of the firmware's")
    String vendorClass;

    @Option(name = "--uuid", description = "The machine's UUID (option 97)")
    String uuid;

    @Option(name = "--client-id", description = "Client identifier (option 61): text, or hexadecimal such as 0x01ab")
    String clientId;

    @Option(name = "--requested", description = "The address that it asks for (option 50)")
    String requested;

    @Option(name = "--ciaddr", description = "The address that it has already: a request is a renewal then")
    String present;

    @Option(name = "--server", description = "The server that it selects (option 54)")
    String server;

    @Option(
            name = "--circuit-id",
            description = "The port where the relay agent hears it (option 82): text, or hexadecimal such as 0x01ab")
    String circuitId;

    @Option(name = "--pxe", description = "Ask on port 4011, as PXE firmware does that has its address, --ciaddr")
    boolean isPxe;

    @Reference
    DhcpTrials trials;

    @Reference
    Doors doors;

    PrintStream out = System.out;

    @Override
    public Object execute() throws CommandException {
        SimulatedClient client = client();
        DatagramDoor door = TrialDoors.of(doors, isPxe ? TrialDoors.PXE : TrialDoors.DHCP, Optional.ofNullable(link));
        Inet4Address own = door.link()
                .address()
                .orElseThrow(() ->
                        new CommandException("the interface " + door.link().name() + " has no IPv4 address;"
                                + " expected one, such as 'ip address add 192.0.2.1/24 dev "
                                + door.link().name() + "'"));
        int xid = ThreadLocalRandom.current().nextInt();
        SimulatedClient.Ask ask = ask(client, door, own, xid);
        DhcpMessage packet = client.packet(ask, xid);
        String where = "on " + door.link().name() + ", port " + door.port();
        new TrialReport(out).print(packet, where, run(client, packet, door, own));
        return null;
    }

    private SimulatedClient client() throws CommandException {
        MacAddress address = FlagText.read("--mac", mac, "the form 52:54:00:12:34:56", MacAddress::parse)
                .orElseThrow(() -> new CommandException("--mac is missing; expected the form 52:54:00:12:34:56"));
        try {
            return new SimulatedClient(
                    address,
                    FlagText.architecture("--arch", arch),
                    FlagText.address("--relay", relay),
                    Optional.ofNullable(userClass),
                    Optional.ofNullable(vendorClass),
                    FlagText.uuid("--uuid", uuid),
                    FlagText.bytes("--client-id", clientId),
                    FlagText.bytes("--circuit-id", circuitId));
        } catch (IllegalArgumentException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }

    private SimulatedClient.Ask ask(SimulatedClient client, DatagramDoor door, Inet4Address own, int xid)
            throws CommandException {
        String name = isPxe && type.equals("discover") ? "request" : type.toLowerCase(Locale.ROOT);
        if (!TYPES.contains(name)) {
            throw new CommandException("--type " + type + "; expected one of " + String.join(", ", TYPES));
        }
        Optional<Inet4Address> wish = FlagText.address("--requested", requested);
        Optional<Inet4Address> has = FlagText.address("--ciaddr", present);
        Optional<Inet4Address> selected = FlagText.address("--server", server);
        if (has.isEmpty() && (isPxe || name.equals("inform"))) {
            throw new CommandException((isPxe ? "--pxe" : "--type inform")
                    + " without --ciaddr; expected the address that the client has, such as --ciaddr 192.0.2.100");
        }
        if (name.equals("request") && wish.isEmpty() && has.isEmpty()) {
            return selecting(client, door, own, xid);
        }
        Optional<DhcpMessageType> kind = name.equals("bootp")
                ? Optional.empty()
                : Optional.of(DhcpMessageType.valueOf(name.toUpperCase(Locale.ROOT)));
        return new SimulatedClient.Ask(kind, wish, has, selected);
    }

    /** RFC 2131 section 4.3.2: of the offer that a DISCOVER would get, options 50 and 54. */
    private SimulatedClient.Ask selecting(SimulatedClient client, DatagramDoor door, Inet4Address own, int xid)
            throws CommandException {
        SimulatedClient.Ask discover = new SimulatedClient.Ask(
                Optional.of(DhcpMessageType.DISCOVER), Optional.empty(), Optional.empty(), Optional.empty());
        Trial trial = run(client, client.packet(discover, xid), door, own);
        DhcpMessage offer = trial.answer()
                .map(Trial.Answer::message)
                .filter(message -> !message.yourAddress().equals(Addresses.ANY))
                .orElseThrow(() -> new CommandException("there is no offer to take: the DISCOVER gets "
                        + trial.dropReason()
                                .map(reason -> "no reply, " + reason)
                                .orElse("no address")
                        + "; see it with --type discover, or say --requested ADDRESS"));
        out.println("The offer of " + offer.yourAddress().getHostAddress() + " to its DISCOVER is taken.");
        return new SimulatedClient.Ask(
                Optional.of(DhcpMessageType.REQUEST),
                Optional.of(offer.yourAddress()),
                Optional.empty(),
                offer.option(DhcpOptions.DHCP_SERVER_IDENTIFIER));
    }

    /** As the packet would come: by the relay agent, or unicast from a client with an address, or by broadcast. */
    private Trial run(SimulatedClient client, DhcpMessage packet, DatagramDoor door, Inet4Address own) {
        InetSocketAddress sender = client.relay()
                .map(agent -> new InetSocketAddress(agent, SERVER_PORT))
                .orElseGet(() -> new InetSocketAddress(packet.clientAddress(), CLIENT_PORT));
        boolean isUnicast =
                client.relay().isPresent() || !packet.clientAddress().equals(Addresses.ANY);
        InetAddress recipient = isUnicast ? own : Addresses.BROADCAST;
        return trials.tryOut(bytes(packet), sender, recipient, door);
    }

    private static byte[] bytes(DhcpMessage packet) {
        ByteBuf bytes = DhcpEncoder.encode(packet, UnpooledByteBufAllocator.DEFAULT);
        try {
            return ByteBufUtil.getBytes(bytes);
        } finally {
            bytes.release();
        }
    }
}
