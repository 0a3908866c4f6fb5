package io.slipway.dhcp.handlers.command;

import io.slipway.dhcp.handlers.migration.OtherServer;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Completes the names of the servers that {@code dhcp:import} reads. */
@Service
public final class OtherServerCompleter implements Completer {

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        return new StringsCompleter(OtherServer.names()).complete(session, line, candidates);
    }
}
