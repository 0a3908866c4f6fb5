package io.slipway.boot.policy;

import io.slipway.boot.BootClient;
import io.slipway.boot.Machine;
import io.slipway.boot.MachineIdentity;
import io.slipway.boot.Machines;
import io.slipway.state.Registration;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The machines of the files and those that were added by command, as one. */
@Component(
        service = {Machines.class, KnownMachines.class},
        immediate = true)
public final class KnownMachines implements Machines {

    private final PolicyFolder folder;
    private final StoredMachines stored;
    private final OptionCheck options = new KnownOptions();
    private final Shadows shadows = new Shadows();
    private final List<Registration> registrations;

    @Activate
    public KnownMachines(@Reference PolicyFolder folder, @Reference StoredMachines stored) {
        this.folder = folder;
        this.stored = stored;
        registrations = List.of(
                folder.onChange(this::lookAtAll), stored.onChange(suspects -> shadows.look(suspects, directory())));
        lookAtAll();
    }

    @Deactivate
    void close() {
        registrations.forEach(Registration::close);
    }

    private void lookAtAll() {
        shadows.lookAtAll(directory());
    }

    MachineDirectory directory() {
        return new MachineDirectory(folder.machines(), stored.index());
    }

    @Override
    public Optional<Machine> find(MachineIdentity identity) {
        return machine(Objects.requireNonNull(identity, "identity"));
    }

    @Override
    public Optional<Machine> named(String name) {
        return machine(Objects.requireNonNull(name, "name"));
    }

    @Override
    public Optional<Machine> holding(InetAddress address) {
        return machine(Objects.requireNonNull(address, "address"));
    }

    private Optional<Machine> machine(Object claim) {
        return directory().find(claim).map(KnownMachine::machine);
    }

    @Override
    public Collection<Machine> all() {
        return entries().stream()
                .filter(known -> known.shadowed().isEmpty())
                .map(KnownMachine::machine)
                .toList();
    }

    /** All of them, by name, with those that are not served and why. */
    public List<KnownMachine> entries() {
        return directory().all();
    }

    /** The machine of a name, if none is served one that is stored and is not served. */
    public Optional<KnownMachine> entry(String name) {
        MachineDirectory directory = directory();
        return directory.find(name).or(() -> directory.storedAs(name));
    }

    /** The machine that an identity belongs to, and who says so. */
    public Optional<KnownMachine> entry(MachineIdentity identity) {
        return directory().find(identity);
    }

    /** The machine that an address is reserved for, and who says so. */
    public Optional<KnownMachine> entry(InetAddress address) {
        return directory().find(address);
    }

    /** The machine that a client is, and who says so. */
    public Optional<KnownMachine> entry(BootClient client) {
        return directory().of(client);
    }

    @Override
    public CompletionStage<Void> put(Machine machine) {
        requireValid(machine);
        folder.machines().rival(machine).ifPresent(rival -> {
            throw new IllegalArgumentException("machine '" + machine.name() + "' is not taken: " + rival);
        });
        return stored.put(machine);
    }

    @Override
    public CompletionStage<Boolean> remove(String name) {
        Optional<PlacedMachine> defined = folder.machines().find(name);
        // One that a file shadows can go; the file's stays.
        if (defined.isPresent() && stored.index().named(name).isEmpty()) {
            throw new IllegalArgumentException("machine '" + name + "' is defined in "
                    + defined.get().place().fileAndLine() + "; remove it there");
        }
        return stored.remove(MachineValues.name(name));
    }

    private void requireValid(Machine machine) {
        MachineValues.name(machine.name());
        if (machine.identities().isEmpty()) {
            throw new IllegalArgumentException("machine '" + machine.name()
                    + "' has nothing to be told by; give a MAC, UUID, client identifier or circuit identifier");
        }
        for (MachineIdentity identity : machine.identities()) {
            if (identity instanceof MachineIdentity.Mac mac) {
                MachineValues.mac(mac.address().toString());
            } else if (identity instanceof MachineIdentity.Uuid uuid) {
                MachineValues.uuid(uuid.uuid().toString());
            }
        }
        for (InetAddress address : machine.addresses()) {
            if (!(address instanceof Inet4Address)) {
                throw new IllegalArgumentException(
                        "address " + address.getHostAddress() + "; expected an IPv4 address");
            }
            MachineValues.address(address.getHostAddress());
        }
        machine.labels().forEach((label, value) -> MachineValues.labelValue(MachineValues.label(label), value));
        machine.leaseTime().map(Duration::toSeconds).ifPresent(time -> MachineValues.leaseTime(time + "s"));
        for (Map.Entry<String, String> option : machine.dhcpOptions().entrySet()) {
            MachineValues.requireLine("option '" + option.getKey() + "'", option.getValue());
            options.fault(option.getKey(), option.getValue()).ifPresent(fault -> {
                throw new IllegalArgumentException(fault);
            });
        }
    }
}
