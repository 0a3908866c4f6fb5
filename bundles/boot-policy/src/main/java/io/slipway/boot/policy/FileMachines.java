package io.slipway.boot.policy;

import io.slipway.boot.Machine;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The machines of all files together, by everything that only one of them can have. Immutable. */
final class FileMachines {

    static final FileMachines NONE = new Builder().build();

    private final Map<Object, PlacedMachine> byClaim;
    private final Collection<PlacedMachine> all;

    private FileMachines(Builder builder) {
        this.byClaim = builder.byClaim;
        this.all = List.copyOf(builder.byName.values());
    }

    /** @param claim one of {@link Claims} */
    Optional<PlacedMachine> find(Object claim) {
        return Optional.ofNullable(byClaim.get(claim));
    }

    /** By name. */
    Collection<PlacedMachine> all() {
        return all;
    }

    /** Why a machine cannot stand beside these; empty when it can. */
    Optional<String> rival(Machine machine) {
        for (Object claim : Claims.of(machine)) {
            PlacedMachine owner = byClaim.get(claim);
            if (owner != null) {
                return Optional.of(Claims.describe(claim) + " is that of machine '"
                        + owner.machine().name() + "' in " + owner.place().fileAndLine());
            }
        }
        return Optional.empty();
    }

    /** Takes one machine after another. */
    static final class Builder {
        private final Map<Object, PlacedMachine> byClaim = new HashMap<>();
        private final Map<String, PlacedMachine> byName = new TreeMap<>();

        /** @param places of each of the machine's claims; where it is written twice, the later of them */
        void add(PlacedMachine machine, Map<Object, YamlValue> places) throws PolicyException {
            for (Map.Entry<Object, YamlValue> claim : places.entrySet()) {
                PlacedMachine first = byClaim.putIfAbsent(claim.getKey(), machine);
                if (first != null) {
                    throw claim.getValue()
                            .refuse(Claims.describe(claim.getKey()) + " is already that of machine '"
                                    + first.machine().name() + "' ("
                                    + first.place().fileAndLine() + ")");
                }
            }
            byName.put(machine.machine().name(), machine);
        }

        FileMachines build() {
            return new FileMachines(this);
        }
    }
}
