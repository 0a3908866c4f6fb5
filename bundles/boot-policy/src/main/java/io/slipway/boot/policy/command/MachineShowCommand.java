package io.slipway.boot.policy.command;

import io.slipway.boot.Machine;
import io.slipway.boot.policy.KnownMachine;
import io.slipway.boot.policy.KnownMachines;
import io.slipway.boot.policy.MachineValues;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;

/** {@code machine:show NAME|MAC|UUID|ADDRESS}. */
@Service
@Command(scope = "machine", name = "show", description = "Shows all that is known of one machine")
public final class MachineShowCommand implements Action {

    @Argument(name = "MACHINE", description = "Its name, MAC, UUID or reserved address", required = true)
    @Completion(MachineNameCompleter.class)
    String wanted;

    @Reference
    KnownMachines machines;

    PrintStream out = System.out;

    @Override
    public Object execute() throws CommandException {
        KnownMachine known = machines.entry(wanted)
                .or(this::byIdentity)
                .orElseThrow(() -> new CommandException(
                        "there is no machine '" + wanted + "'; machine:list shows those that there are"));
        Machine machine = known.machine();
        line("Machine", machine.name());
        known.shadowed().ifPresent(why -> line("Not served", why));
        line("Defined by", known.origin());
        MachineText.identities(machine).forEach(this::line);
        machine.addresses().forEach(address -> line("Reserved", address.getHostAddress()));
        pairs("Label", machine.labels());
        pairs("Option", machine.dhcpOptions());
        machine.leaseTime().ifPresent(time -> line("Lease time", time.toSeconds() + " s at most"));
        return null;
    }

    /** What is not of the form of one is looked for as the next. */
    private Optional<KnownMachine> byIdentity() {
        return tried(() -> machines.entry(MachineValues.mac(wanted)))
                .or(() -> tried(() -> machines.entry(MachineValues.uuid(wanted))))
                .or(() -> tried(() -> machines.entry(MachineValues.address(wanted))));
    }

    private static Optional<KnownMachine> tried(Supplier<Optional<KnownMachine>> lookUp) {
        try {
            return lookUp.get();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void pairs(String key, Map<String, String> pairs) {
        new TreeMap<>(pairs).forEach((name, value) -> line(key, name + "=" + value));
    }

    private void line(MachineText.Fact fact) {
        line(fact.kind(), fact.value());
    }

    private void line(String key, String value) {
        out.printf("%-11s %s%n", key, value);
    }
}
