package io.slipway.dhcp.handlers.command;

import io.slipway.dhcp.handlers.AddressPlan;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Completes the names of subnets. */
@Service
public final class SubnetCompleter implements Completer {

    @Reference
    private AddressPlan plan;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        return new StringsCompleter(plan.subnets()).complete(session, line, candidates);
    }
}
