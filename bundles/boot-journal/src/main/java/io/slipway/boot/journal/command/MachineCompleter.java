package io.slipway.boot.journal.command;

import io.slipway.boot.journal.Boots;
import io.slipway.boot.journal.Timeline;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Completes the machines that are in the journal. */
@Service
public final class MachineCompleter implements Completer {

    @Reference
    private Timeline timeline;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        return new StringsCompleter(Boots.of(timeline.events()).machines()).complete(session, line, candidates);
    }
}
