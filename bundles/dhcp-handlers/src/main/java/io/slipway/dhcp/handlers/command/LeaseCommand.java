package io.slipway.dhcp.handlers.command;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootClients;
import io.slipway.boot.Machine;
import io.slipway.boot.Machines;
import io.slipway.boot.Transfers;
import io.slipway.dhcp.handlers.AddressPlace;
import io.slipway.dhcp.handlers.AddressPlan;
import io.slipway.dhcp.handlers.Lease;
import io.slipway.dhcp.handlers.Leases;
import java.io.PrintStream;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;

/** {@code dhcp:lease ADDRESS|MAC|MACHINE}: all that is known of a lease. */
@Service
@Command(
        scope = "dhcp",
        name = "lease",
        description = "Shows all that is known of the lease of an address or a machine")
public final class LeaseCommand implements Action {

    @Argument(
            name = "ADDRESS|MAC|MACHINE",
            description = "192.0.2.100, 52:54:00:12:34:56, or the name of a machine",
            required = true)
    @Completion(LeaseCompleter.class)
    String who;

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

    /** Null while nobody sends files. */
    @Reference(optional = true)
    Transfers transfers;

    PrintStream out = System.out;

    @Override
    public Object execute() throws CommandException {
        List<Lease> found = new LeaseLookup(leases, Optional.ofNullable(machines)).find(who);
        if (found.isEmpty() && LeaseLookup.isAddress(who)) {
            unused(LeaseLookup.address(who));
        } else if (found.isEmpty()) {
            throw new CommandException(
                    who + " has no lease and had none; dhcp:leases --expired shows those that there" + " are and were");
        }
        boolean isFirst = true;
        for (Lease lease : found) {
            if (!isFirst) {
                out.println();
            }
            isFirst = false;
            print(lease);
        }
        return null;
    }

    private void unused(Inet4Address address) throws CommandException {
        AddressPlace place = plan.place(address)
                .orElseThrow(() -> new CommandException(
                        address.getHostAddress() + " lies in no subnet; dhcp:pools shows those that there are"));
        fact("Address", address.getHostAddress());
        fact("State", place.unfit().map(what -> "never leased: " + what).orElse("never used"));
        place(address);
    }

    private void print(Lease lease) {
        Duration remaining = leases.remaining(lease);
        Duration since = remaining.minus(Duration.ofSeconds(lease.end() - lease.start()));
        fact("Address", lease.address().getHostAddress());
        fact("State", LeaseText.state(lease, remaining));
        fact("Start", LeaseText.time(since) + ", " + LeaseText.relative(since));
        fact("End", LeaseText.time(remaining) + ", " + LeaseText.relative(remaining));
        fact("MAC", lease.mac().toString());
        LeaseText.machine(lease, Optional.ofNullable(machines))
                .map(Machine::name)
                .ifPresent(name -> fact("Machine", name));
        fact("Host name", lease.hostName());
        fact("Client id", LeaseText.octets(lease.clientId()));
        LeaseText.client(lease.mac(), Optional.ofNullable(clients)).ifPresent(this::print);
        leases.desk().relayOf(lease).ifPresent(relay -> fact("Relay", relay));
        place(lease.address());
        new RunningTransfers(Optional.ofNullable(transfers))
                .of(lease.address())
                .forEach(transfer -> fact("Transfer", transfer + "; nobody else gets the address until its end"));
    }

    private void print(BootClient client) {
        client.uuid().ifPresent(uuid -> fact("UUID", uuid.toString()));
        fact("Class", LeaseText.classes(client));
        fact("Architecture", client.architecture().toString());
        fact("Interface", client.link());
    }

    private void place(Inet4Address address) {
        fact(
                "Subnet",
                plan.place(address)
                        .map(place -> place.subnet() + " (" + place.network() + ")")
                        .orElse("none any more: its lease is not renewed"));
        plan.place(address).flatMap(AddressPlace::pool).ifPresent(pool -> fact("Pool", pool));
        Optional.ofNullable(machines)
                .flatMap(known -> known.holding(address))
                .ifPresent(machine -> fact("Reserved", "for machine " + machine.name()));
    }

    private void fact(String kind, String value) {
        if (!value.isEmpty()) {
            out.printf("%-13s%s%n", kind, value);
        }
    }
}
