package io.slipway.boot.policy.command;

import io.slipway.boot.Machine;
import io.slipway.boot.policy.KnownMachine;
import io.slipway.boot.policy.KnownMachines;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;

/** {@code machine:label NAME rack=r12 role-}. */
@Service
@Command(
        scope = "machine",
        name = "label",
        description = "Sets and removes labels of a machine that was added by command")
public final class MachineLabelCommand implements Action {

    @Argument(name = "NAME", description = "The machine's name", required = true)
    @Completion(StoredMachineCompleter.class)
    String name;

    @Argument(
            index = 1,
            name = "LABELS",
            description = "rack=r12 sets a label, rack- removes it; several with blanks between",
            required = true,
            multiValued = true)
    List<String> changes = new ArrayList<>();

    @Reference
    KnownMachines machines;

    PrintStream out = System.out;

    @Override
    public Object execute() throws CommandException, InterruptedException {
        KnownMachine known = machines.entry(name)
                .orElseThrow(() -> new CommandException(
                        "there is no machine '" + name + "'; machine:list shows those that there are"));
        if (known.place().isPresent()) {
            throw new CommandException("machine '" + name + "' is defined in " + known.origin() + "; label it there");
        }
        Map<String, String> labels = new HashMap<>(known.machine().labels());
        for (String change : changes) {
            apply(change, labels);
        }
        Machine labelled = labelled(known.machine(), labels);
        Durable.change(() -> machines.put(labelled));
        out.println("machine " + name + " has " + (labels.isEmpty() ? "no labels" : MachineText.labels(labelled)));
        return null;
    }

    private static Machine labelled(Machine machine, Map<String, String> labels) {
        Machine.Builder builder = Machine.builder(machine.name());
        machine.identities().forEach(builder::identity);
        machine.addresses().forEach(builder::address);
        machine.dhcpOptions().forEach(builder::dhcpOption);
        machine.leaseTime().ifPresent(builder::leaseTime);
        labels.forEach(builder::label);
        return builder.build();
    }

    private void apply(String change, Map<String, String> labels) throws CommandException {
        boolean removes = change.endsWith("-") && change.indexOf('=') < 0;
        if (!removes) {
            Pair pair = Pair.parse("label", change);
            labels.put(pair.name(), pair.value());
        } else if (!labels.keySet().remove(change.substring(0, change.length() - 1))) {
            throw new CommandException("machine '" + name + "' has no label '"
                    + change.substring(0, change.length() - 1) + "'; it has " + labels.keySet());
        }
    }
}
