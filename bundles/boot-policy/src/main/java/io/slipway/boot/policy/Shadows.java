package io.slipway.boot.policy;

import io.slipway.boot.Machine;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator, once each, of machines that were added by command and are not served. */
final class Shadows {

    private static final Logger LOG = LoggerFactory.getLogger(KnownMachines.class);
    /** What is logged of one change; machine:list shows all. */
    private static final int MAX_LOGGED = 20;

    private final Map<String, String> said = new HashMap<>();

    /** Looks at every machine of the store. */
    synchronized void lookAtAll(MachineDirectory directory) {
        said.keySet().removeIf(name -> directory.stored().named(name).isEmpty());
        look(directory.stored().all(), directory);
    }

    /** @param suspects machines of the store that may be shadowed since a change, or not any more */
    synchronized void look(Collection<Machine> suspects, MachineDirectory directory) {
        int found = 0;
        for (Machine machine : suspects) {
            Optional<String> shadow = directory.shadow(machine);
            if (shadow.isEmpty()) {
                said.remove(machine.name());
            } else if (!Objects.equals(said.put(machine.name(), shadow.get()), shadow.get())) {
                found++;
                if (found <= MAX_LOGGED) {
                    warn(machine, shadow.get());
                }
            }
        }
        if (found > MAX_LOGGED) {
            LOG.warn("{} more stored machines are not served; machine:list --shadowed shows all", found - MAX_LOGGED);
        }
    }

    private static void warn(Machine machine, String reason) {
        LOG.warn(
                "stored machine '{}' is not served: {}; remove one of the two (machine:remove {})",
                machine.name(),
                reason,
                machine.name());
    }
}
