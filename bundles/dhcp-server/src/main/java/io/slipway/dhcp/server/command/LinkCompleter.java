package io.slipway.dhcp.server.command;

import io.slipway.sockets.Doors;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Completes the names of the interfaces on which DHCP is served. */
@Service
public final class LinkCompleter implements Completer {

    @Reference
    private Doors doors;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        return new StringsCompleter(TrialDoors.links(doors, TrialDoors.DHCP)).complete(session, line, candidates);
    }
}
