package io.slipway.boot.policy.command;

import io.slipway.boot.MacAddress;
import io.slipway.boot.Machine;
import io.slipway.boot.MachineIdentity;
import io.slipway.boot.policy.MachineValues;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is known of a machine, each kind of fact on one line. */
final class MachineText {

    private MachineText() {}

    /** One thing that is known of a machine. */
    record Fact(String kind, String value) {}

    /** What tells it from others. */
    static List<Fact> identities(Machine machine) {
        return machine.identities().stream()
                .map(MachineText::fact)
                .sorted(Comparator.comparing(Fact::kind).thenComparing(Fact::value))
                .toList();
    }

    private static Fact fact(MachineIdentity identity) {
        if (identity instanceof MachineIdentity.Mac mac) {
            return new Fact("MAC", mac.address().toString());
        }
        if (identity instanceof MachineIdentity.Uuid uuid) {
            return new Fact("UUID", uuid.uuid().toString());
        }
        return identity instanceof MachineIdentity.ClientId id
                ? new Fact("Client id", MachineValues.readable(id.hex()))
                : new Fact("Circuit id", MachineValues.readable(((MachineIdentity.CircuitId) identity).hex()));
    }

    /** {@code rack=r12, role=web}. */
    static String labels(Machine machine) {
        return new TreeMap<>(machine.labels())
                .entrySet().stream()
                        .map(pair -> pair.getKey() + "=" + pair.getValue())
                        .collect(Collectors.joining(", "));
    }

    static List<MacAddress> macs(Machine machine) {
        return machine.identities().stream()
                .filter(MachineIdentity.Mac.class::isInstance)
                .map(identity -> ((MachineIdentity.Mac) identity).address())
                .sorted()
                .toList();
    }

    static String addresses(Machine machine) {
        return machine.addresses().stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
    }
}
