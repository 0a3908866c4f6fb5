package io.slipway.dhcp.handlers.command;

import io.slipway.boot.MacAddress;
import io.slipway.boot.Machine;
import io.slipway.boot.MachineIdentity;
import io.slipway.boot.Machines;
import io.slipway.dhcp.handlers.Lease;
import io.slipway.dhcp.handlers.Leases;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.karaf.shell.support.CommandException;

/** The machine of a reservation: one that is known, or one that becomes known by it. */
record ReservedMachine(Leases leases, Machines machines) {

    /**
     * Whom an address is to be reserved for.
     *
     * @param who a MAC address, the name of a machine, or the address that it has now
     * @param name what it is called if it is not known yet
     */
    Machine named(String who, Optional<String> name) throws CommandException {
        Machine machine = known(who, name);
        if (name.isPresent() && !machine.name().equals(name.get())) {
            throw new CommandException(who + " is machine '" + machine.name() + "' already, not '" + name.get() + "'");
        }
        return machine;
    }

    private Machine known(String who, Optional<String> name) throws CommandException {
        if (LeaseLookup.isMac(who)) {
            return ofMac(LeaseLookup.mac(who), name);
        }
        if (!LeaseLookup.isAddress(who)) {
            return new LeaseLookup(leases, Optional.of(machines)).machine(who);
        }
        Lease lease = leased(LeaseLookup.address(who));
        Optional<Machine> known = LeaseText.machine(lease, Optional.of(machines));
        return known.isPresent() ? known.get() : ofMac(lease.mac(), name);
    }

    private Machine ofMac(MacAddress mac, Optional<String> name) throws CommandException {
        Optional<Machine> known = machines.find(new MachineIdentity.Mac(mac));
        if (known.isPresent()) {
            return known.get();
        }
        String called = name.orElseGet(mac::dashed);
        if (machines.named(called).isPresent()) {
            throw new CommandException("there is a machine '" + called + "' already, and it has not the MAC address "
                    + mac + "; take another name, or see machine:show " + called);
        }
        return Machine.builder(called).mac(mac).build();
    }

    private Lease leased(Inet4Address address) throws CommandException {
        return leases.at(address)
                .filter(this::isBound)
                .orElseThrow(() -> new CommandException(address.getHostAddress()
                        + " is leased to nobody now; say for which machine: dhcp:reserve MAC "
                        + address.getHostAddress()));
    }

    private boolean isBound(Lease lease) {
        return lease.state() == Lease.State.BOUND && !LeaseText.hasEnded(leases.remaining(lease));
    }

    /** The one address that is leased to a machine now. */
    Inet4Address leasedTo(String who) throws CommandException {
        List<Inet4Address> bound = new LeaseLookup(leases, Optional.of(machines))
                .find(who).stream().filter(this::isBound).map(Lease::address).toList();
        if (bound.size() != 1) {
            throw new CommandException(
                    bound.isEmpty()
                            ? who + " has no lease now; say which address: dhcp:reserve " + who + " ADDRESS"
                            : who + " has several addresses; say which: "
                                    + bound.stream()
                                            .map(Inet4Address::getHostAddress)
                                            .collect(Collectors.joining(", ")));
        }
        return bound.get(0);
    }

    /** Whose reservation is to be taken away. */
    Machine holding(String who, Optional<Inet4Address> address) throws CommandException {
        Machine holder = holding(who);
        if (address.isPresent() && !holder.addresses().contains(address.get())) {
            throw new CommandException(
                    address.get().getHostAddress() + " is not reserved for machine " + holder.name());
        }
        return holder;
    }

    private Machine holding(String who) throws CommandException {
        if (LeaseLookup.isAddress(who)) {
            Inet4Address reserved = LeaseLookup.address(who);
            return machines.holding(reserved)
                    .orElseThrow(() -> new CommandException(reserved.getHostAddress() + " is reserved for no machine"));
        }
        Optional<Machine> machine = LeaseLookup.isMac(who)
                ? machines.find(new MachineIdentity.Mac(LeaseLookup.mac(who)))
                : Optional.of(new LeaseLookup(leases, Optional.of(machines)).machine(who));
        return machine.orElseThrow(() -> new CommandException("nothing is reserved for " + who + ": it is no machine"));
    }

    /** The machine without some of its addresses, and with another one. */
    static Machine with(Machine machine, Collection<InetAddress> without, Optional<Inet4Address> added) {
        Machine.Builder builder = Machine.builder(machine.name());
        machine.identities().forEach(builder::identity);
        machine.labels().forEach(builder::label);
        machine.dhcpOptions().forEach(builder::dhcpOption);
        machine.leaseTime().ifPresent(builder::leaseTime);
        machine.addresses().stream()
                .filter(address -> !without.contains(address))
                .forEach(builder::address);
        added.ifPresent(builder::address);
        return builder.build();
    }

    /** Whether a machine is only there because an address was reserved for its MAC address, without a name. */
    static boolean isNothingElse(Machine machine) {
        boolean isNamed = machine.identities().stream()
                .noneMatch(identity -> identity instanceof MachineIdentity.Mac mac
                        && mac.address().dashed().equals(machine.name()));
        return !isNamed
                && machine.identities().size() == 1
                && machine.addresses().isEmpty()
                && machine.labels().isEmpty()
                && machine.dhcpOptions().isEmpty()
                && machine.leaseTime().isEmpty();
    }
}
