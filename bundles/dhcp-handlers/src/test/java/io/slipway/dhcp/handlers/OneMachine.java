package io.slipway.dhcp.handlers;

import io.slipway.boot.Machine;
import io.slipway.boot.MachineIdentity;
import io.slipway.boot.Machines;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The operator knows one machine. */
record OneMachine(Machine machine) implements Machines {

    @Override
    public Optional<Machine> find(MachineIdentity identity) {
        return Optional.of(machine).filter(known -> known.identities().contains(identity));
    }

    @Override
    public Optional<Machine> named(String name) {
        return Optional.of(machine).filter(known -> known.name().equals(name));
    }

    @Override
    public Optional<Machine> holding(InetAddress address) {
        return Optional.of(machine).filter(known -> known.addresses().contains(address));
    }

    @Override
    public Collection<Machine> all() {
        return List.of(machine);
    }

    @Override
    public CompletionStage<Void> put(Machine added) {
        throw new UnsupportedOperationException("nobody here adds machines");
    }

    @Override
    public CompletionStage<Boolean> remove(String name) {
        throw new UnsupportedOperationException("nobody here removes machines");
    }
}
