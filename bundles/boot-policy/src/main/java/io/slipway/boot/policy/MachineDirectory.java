package io.slipway.boot.policy;

import io.slipway.boot.BootClient;
import io.slipway.boot.Machine;
import io.slipway.boot.MachineIdentity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The machines of one reading of the files, and those of the state store that do not contradict them. A machine of the
 * store that shares a name, an identity or an address with one of a file is not served at all.
 */
record MachineDirectory(FileMachines files, StoredIndex stored) {

    /** The label that has a machine's name. */
    static final String LABEL = "machine";

    MachineDirectory {
        Objects.requireNonNull(files, "files");
        Objects.requireNonNull(stored, "stored");
    }

    /** @param claim one of {@link Claims} */
    Optional<KnownMachine> find(Object claim) {
        Optional<PlacedMachine> defined = files.find(claim);
        if (defined.isPresent()) {
            return defined.map(KnownMachine::of);
        }
        return stored.find(claim).filter(machine -> shadow(machine).isEmpty()).map(MachineDirectory::served);
    }

    /**
     * The machine that a client is. Its MAC is believed first: there is firmware that gives many machines one UUID.
     */
    Optional<KnownMachine> of(BootClient client) {
        return find(new MachineIdentity.Mac(client.mac()))
                .or(() -> client.uuid().flatMap(uuid -> find(new MachineIdentity.Uuid(uuid))));
    }

    /** Why a machine of the store is not served; empty when it is. */
    Optional<String> shadow(Machine machine) {
        return files.rival(machine).or(() -> stored.rival(machine));
    }

    /** The machine of a name in the store, served or not. */
    Optional<KnownMachine> storedAs(String name) {
        return stored.named(name).map(this::judged);
    }

    /** All of them, by name, also those that are not served. */
    List<KnownMachine> all() {
        List<KnownMachine> all = new ArrayList<>();
        files.all().forEach(placed -> all.add(KnownMachine.of(placed)));
        stored.all().forEach(machine -> all.add(judged(machine)));
        all.sort(Comparator.comparing((KnownMachine known) -> known.machine().name())
                .thenComparing(known -> known.place().isEmpty()));
        return all;
    }

    private KnownMachine judged(Machine machine) {
        return new KnownMachine(machine, Optional.empty(), shadow(machine));
    }

    private static KnownMachine served(Machine machine) {
        return new KnownMachine(machine, Optional.empty(), Optional.empty());
    }

    /** A client with the labels of its machine beside its own; what the firmware says of itself stays. */
    static BootClient labelled(BootClient client, Machine machine) {
        BootClient.Builder builder = client.toBuilder();
        machine.labels().forEach(builder::label);
        return builder.label(LABEL, machine.name()).build();
    }
}
