package io.slipway.dhcp.handlers.command;

import io.slipway.boot.BootClients;
import io.slipway.boot.MacAddress;
import io.slipway.boot.Machine;
import io.slipway.boot.Machines;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.handlers.AddressPlan;
import io.slipway.dhcp.handlers.Lease;
import io.slipway.dhcp.handlers.Leases;
import java.io.PrintStream;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.apache.karaf.shell.support.table.ShellTable;

/** {@code dhcp:leases}: who has which address, and until when. */
@Service
@Command(
        scope = "dhcp",
        name = "leases",
        description = "Shows who has which address, and until when. Filters that are given together all count")
public final class LeasesCommand implements Action {

    private static final Comparator<Lease> BY_ADDRESS =
            Comparator.comparing(lease -> Addresses.bits(lease.address()), Integer::compareUnsigned);

    private static final Map<String, Comparator<Lease>> ORDERS = new TreeMap<>(Map.of(
            "address", BY_ADDRESS,
            "mac", Comparator.comparing(Lease::mac).thenComparing(BY_ADDRESS),
            "start", Comparator.comparingLong(Lease::start).thenComparing(BY_ADDRESS),
            "end", Comparator.comparingLong(Lease::end).thenComparing(BY_ADDRESS)));

    private static final Set<String> LIVE = Set.of("bound", "offered", "declined");
    private static final Set<String> ENDED = Set.of("released", "expired");

    @Reference
    Leases leases;

    @Reference
    AddressPlan plan;

    /** Null while nobody knows of machines. */
    @Reference(optional = true)
    Machines machines;

    /** Null while nobody follows clients. */
    @Reference(optional = true)
    BootClients clients;

    @Option(
            name = "--in",
            aliases = "--subnet",
            description =
                    "Only addresses of a subnet by its name, of a network such as 192.0.2.0/24, of a range such as"
                            + " 192.0.2.10-192.0.2.20, or one address")
    @Completion(SubnetCompleter.class)
    String in;

    @Option(name = "--mac", description = "Only such MAC addresses: 52:54:00 for their beginning, or *:34:56")
    String mac;

    @Option(
            name = "--machine",
            description = "Only the machine, or the host name, of this name; * stands for any characters")
    String machine;

    @Option(name = "--state", description = "Only this state: bound, offered, declined, released or expired")
    @Completion(
            value = StringsCompleter.class,
            values = {"bound", "offered", "declined", "released", "expired"})
    String state;

    @Option(name = "--expired", description = "Also leases that have ended or were released")
    boolean expired;

    @Option(name = "--sort", description = "By address, mac, start or end")
    @Completion(
            value = StringsCompleter.class,
            values = {"address", "mac", "start", "end"})
    String sort = "address";

    @Option(name = "--limit", description = "How many are shown at most")
    int limit = 100;

    PrintStream out = System.out;

    @Override
    public Object execute() throws CommandException {
        if (limit < 1) {
            throw new CommandException("--limit " + limit + "; expected 1 or more");
        }
        Comparator<Lease> order = Optional.ofNullable(ORDERS.get(sort))
                .orElseThrow(
                        () -> new CommandException("--sort " + sort + "; expected one of " + join(ORDERS.keySet())));
        Predicate<Lease> wanted = filter();
        Shortlist<Lease> shortlist = new Shortlist<>(limit, order);
        leases.desk().forEach(lease -> {
            if (wanted.test(lease)) {
                shortlist.add(lease);
            }
        });
        List<Lease> shown = shortlist.first();
        if (shown.isEmpty()) {
            out.println(nothing());
            return null;
        }
        table(shown).print(out);
        if (shortlist.left() > 0) {
            out.println(shortlist.left() + " more; narrow them down (see --help), or raise --limit " + limit + ".");
        }
        return null;
    }

    private String nothing() {
        boolean isFiltered = in != null || mac != null || machine != null || state != null;
        String none = isFiltered ? "No such leases." : "No leases.";
        return expired || state != null ? none : none + " Those that have ended show with --expired.";
    }

    private Predicate<Lease> filter() throws CommandException {
        try {
            Predicate<Lease> wanted = states();
            if (in != null) {
                Predicate<Inet4Address> within = plan.within(in);
                wanted = wanted.and(lease -> within.test(lease.address()));
            }
            if (mac != null) {
                Predicate<MacAddress> macs = LeaseFilter.mac(mac);
                wanted = wanted.and(lease -> macs.test(lease.mac()));
            }
            return machine == null ? wanted : wanted.and(LeaseFilter.name(machine, this::machineOf));
        } catch (IllegalArgumentException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }

    private Predicate<Lease> states() {
        if (state == null) {
            return lease -> expired || !LeaseText.hasEnded(leases.remaining(lease));
        }
        if (!LIVE.contains(state) && !ENDED.contains(state)) {
            Set<String> all = new TreeSet<>(LIVE);
            all.addAll(ENDED);
            throw new IllegalArgumentException("--state " + state + "; expected one of " + join(all));
        }
        return lease -> LeaseText.state(lease, leases.remaining(lease)).equals(state);
    }

    private static String join(Set<String> words) {
        return String.join(", ", words);
    }

    private Optional<Machine> machineOf(Lease lease) {
        return LeaseText.machine(lease, Optional.ofNullable(machines));
    }

    private ShellTable table(List<Lease> shown) {
        ShellTable table = new ShellTable();
        List.of("Address", "MAC", "Machine", "Host name", "State", "Ends", "Ends at", "Client id", "Class")
                .forEach(table::column);
        for (Lease lease : shown) {
            Duration remaining = leases.remaining(lease);
            table.addRow()
                    .addContent(
                            lease.address().getHostAddress(),
                            lease.mac(),
                            machineOf(lease).map(Machine::name).orElse(""),
                            lease.hostName(),
                            LeaseText.state(lease, remaining),
                            LeaseText.relative(remaining),
                            LeaseText.time(remaining),
                            LeaseText.octets(lease.clientId()),
                            LeaseText.client(lease.mac(), Optional.ofNullable(clients))
                                    .map(LeaseText::classes)
                                    .orElse(""));
        }
        return table;
    }
}
