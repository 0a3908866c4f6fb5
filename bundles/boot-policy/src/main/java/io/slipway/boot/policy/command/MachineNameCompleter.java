package io.slipway.boot.policy.command;

import io.slipway.boot.policy.KnownMachines;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Completes the names of machines. */
@Service
public final class MachineNameCompleter implements Completer {

    @Reference
    private KnownMachines machines;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        List<String> names = machines.entries().stream()
                .map(known -> known.machine().name())
                .distinct()
                .toList();
        return new StringsCompleter(names).complete(session, line, candidates);
    }
}
