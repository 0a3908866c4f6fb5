package io.slipway.dhcp.handlers.command;

import io.slipway.boot.Machine;
import io.slipway.boot.Machines;
import io.slipway.dhcp.handlers.AddressPlace;
import io.slipway.dhcp.handlers.AddressPlan;
import io.slipway.dhcp.handlers.Lease;
import io.slipway.dhcp.handlers.Leases;
import java.io.PrintStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;

/** {@code dhcp:reserve MAC|ADDRESS|MACHINE [ADDRESS] [--name NAME] [--remove]}: keeps an address for a machine. */
@Service
@Command(
        scope = "dhcp",
        name = "reserve",
        description =
                "Reserves an address for a machine, in place of the one that it had in that subnet; without ADDRESS the"
                        + " one that is leased to it now")
public final class ReserveCommand implements Action {

    @Argument(
            name = "MAC|ADDRESS|MACHINE",
            description = "52:54:00:12:34:56, an address that is leased now, or the name of a machine",
            required = true)
    @Completion(LeaseCompleter.class)
    String who;

    @Argument(
            index = 1,
            name = "ADDRESS",
            description = "The address; and the flags below, if they do not stand before",
            multiValued = true)
    @Completion(LeaseCompleter.class)
    List<String> late = new ArrayList<>();

    @Option(name = "--name", description = "What a machine is called that has no name yet")
    String name;

    @Option(name = "--remove", description = "Takes the reservation away; without ADDRESS all of the machine")
    boolean remove;

    @Reference
    Leases leases;

    @Reference
    AddressPlan plan;

    @Reference
    Machines machines;

    PrintStream out = System.out;

    @Override
    public Object execute() throws CommandException, InterruptedException {
        List<String> addresses =
                LateFlags.read(late, Map.of("--name", text -> name = text), Map.of("--remove", () -> remove = true));
        if (addresses.size() > 1) {
            throw new CommandException("'" + addresses.get(1) + "'; expected one address");
        }
        Optional<Inet4Address> address =
                addresses.isEmpty() ? Optional.empty() : Optional.of(LeaseLookup.address(addresses.get(0)));
        ReservedMachine of = new ReservedMachine(leases, machines);
        if (remove) {
            remove(of.holding(who, address), address.or(() -> addressOf(who)));
        } else {
            reserve(of, address);
        }
        return null;
    }

    private static Optional<Inet4Address> addressOf(String text) {
        try {
            return LeaseLookup.isAddress(text) ? Optional.of(LeaseLookup.address(text)) : Optional.empty();
        } catch (CommandException e) {
            return Optional.empty();
        }
    }

    private void reserve(ReservedMachine of, Optional<Inet4Address> named)
            throws CommandException, InterruptedException {
        Machine machine = of.named(who, Optional.ofNullable(name));
        Inet4Address address = named.isPresent() ? named.get() : of.leasedTo(who);
        AddressPlace place = requireFit(address);
        Optional<Machine> holder = machines.holding(address);
        if (holder.isPresent()) {
            if (holder.get().name().equals(machine.name())) {
                out.println(address.getHostAddress() + " is reserved for machine " + machine.name() + " already");
                return;
            }
            throw new CommandException(address.getHostAddress() + " is reserved for machine "
                    + holder.get().name() + "; take that away first: dhcp:reserve " + address.getHostAddress()
                    + " --remove");
        }
        List<InetAddress> former = machine.addresses().stream()
                .filter(old -> old instanceof Inet4Address ours
                        && plan.place(ours)
                                .filter(its -> its.subnet().equals(place.subnet()))
                                .isPresent())
                .toList();
        Machine reserved = ReservedMachine.with(machine, former, Optional.of(address));
        Durable.change(() -> machines.put(reserved));
        out.println(address.getHostAddress() + " is reserved for machine " + machine.name() + instead(former));
        warnIfLeased(reserved, address);
    }

    private static String instead(List<InetAddress> former) {
        return former.isEmpty()
                ? ""
                : ", in place of "
                        + former.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
    }

    private AddressPlace requireFit(Inet4Address address) throws CommandException {
        AddressPlace place = plan.place(address)
                .orElseThrow(() -> new CommandException(address.getHostAddress()
                        + " lies in no subnet, so no machine could get it; dhcp:pools shows those that there are"));
        if (place.unfit().isPresent()) {
            throw new CommandException(
                    address.getHostAddress() + " is " + place.unfit().get() + ": no machine can have it");
        }
        if (OwnAddresses.contains(address)) {
            throw new CommandException(address.getHostAddress() + " is this server's own: no machine can have it");
        }
        return place;
    }

    private void warnIfLeased(Machine machine, Inet4Address address) {
        Optional<Lease> other = leases.at(address)
                .filter(lease -> !LeaseText.hasEnded(leases.remaining(lease)))
                .filter(lease -> LeaseText.machine(lease, Optional.of(machines))
                        .filter(known -> known.name().equals(machine.name()))
                        .isEmpty());
        other.ifPresent(lease -> out.println("but it is "
                + LeaseText.state(lease, leases.remaining(lease))
                + (lease.state() == Lease.State.DECLINED ? " by " : " to ") + lease.mac() + " for "
                + LeaseText.span(leases.remaining(lease)) + " more: until then machine " + machine.name()
                + " gets another one. dhcp:release " + address.getHostAddress() + " ends it now"));
    }

    private void remove(Machine machine, Optional<Inet4Address> named) throws CommandException, InterruptedException {
        if (machine.addresses().isEmpty()) {
            throw new CommandException("nothing is reserved for machine " + machine.name());
        }
        List<InetAddress> gone = named.<List<InetAddress>>map(List::of).orElse(machine.addresses());
        Machine left = ReservedMachine.with(machine, gone, Optional.empty());
        boolean isForgotten = ReservedMachine.isNothingElse(left);
        if (isForgotten) {
            Durable.change(() -> machines.remove(machine.name()));
        } else {
            Durable.change(() -> machines.put(left));
        }
        out.println(gone.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "))
                + (gone.size() == 1 ? " is" : " are") + " no longer reserved for machine " + machine.name()
                + (isForgotten
                        ? ", which is forgotten"
                        : ", which stays known: machine:remove " + machine.name() + " forgets it"));
    }
}
