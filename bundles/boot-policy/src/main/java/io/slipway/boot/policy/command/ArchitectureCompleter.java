package io.slipway.boot.policy.command;

import io.slipway.boot.FirmwareArchitecture;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Completes the names of firmware architectures. */
@Service
public final class ArchitectureCompleter implements Completer {

    @Override
    public int complete(Session session, CommandLine commandLine, List<String> candidates) {
        return new StringsCompleter(FirmwareArchitecture.names()).complete(session, commandLine, candidates);
    }
}
