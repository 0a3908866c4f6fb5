package io.slipway.boot.policy.command;

import io.slipway.boot.policy.KnownMachine;
import io.slipway.boot.policy.KnownMachines;
import java.io.PrintStream;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;

/** {@code machine:remove NAME}. */
@Service
@Command(scope = "machine", name = "remove", description = "Removes a machine that was added by command")
public final class MachineRemoveCommand implements Action {

    @Argument(name = "NAME", description = "The machine's name", required = true)
    @Completion(StoredMachineCompleter.class)
    String name;

    @Reference
    KnownMachines machines;

    PrintStream out = System.out;

    @Override
    public Object execute() throws CommandException, InterruptedException {
        if (!Durable.change(() -> machines.remove(name))) {
            throw new CommandException("there is no machine '" + name + "'; machine:list shows those that there are");
        }
        Optional<KnownMachine> left = machines.entry(name);
        out.println("machine " + name + " is removed"
                + left.map(known -> "; the one in " + known.origin() + " stays").orElse(""));
        return null;
    }
}
