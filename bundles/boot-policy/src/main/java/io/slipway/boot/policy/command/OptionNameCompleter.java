package io.slipway.boot.policy.command;

import io.slipway.dhcp.codec.DhcpOptions;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Completes the names of DHCP options, up to the {@code =} before the value. */
@Service
public final class OptionNameCompleter implements Completer {

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        StringsCompleter names = new StringsCompleter();
        DhcpOptions.all().forEach(option -> names.getStrings().add(option.name() + "="));
        return names.complete(session, line, candidates);
    }
}
