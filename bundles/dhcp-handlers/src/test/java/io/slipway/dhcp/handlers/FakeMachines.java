package io.slipway.dhcp.handlers;

import io.slipway.boot.Machine;
import io.slipway.boot.MachineIdentity;
import io.slipway.boot.Machines;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Machines in memory. */
final class FakeMachines implements Machines {

    private final Map<String, Machine> byName = new TreeMap<>();

    @Override
    public Optional<Machine> find(MachineIdentity identity) {
        return byName.values().stream()
                .filter(machine -> machine.identities().contains(identity))
                .findFirst();
    }

    @Override
    public Optional<Machine> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    @Override
    public Optional<Machine> holding(InetAddress address) {
        return byName.values().stream()
                .filter(machine -> machine.addresses().contains(address))
                .findFirst();
    }

    @Override
    public Collection<Machine> all() {
        return byName.values();
    }

    @Override
    public CompletionStage<Void> put(Machine machine) {
        byName.put(machine.name(), machine);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Boolean> remove(String name) {
        return CompletableFuture.completedFuture(byName.remove(name) != null);
    }
}
