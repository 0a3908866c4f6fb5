package io.slipway.dhcp.server.command;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Candidate;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.FileCompleter;

/** Completes paths. Karaf's own completer is no service that another bundle's command could name. */
@Service
public class CaptureFileCompleter implements Completer {

    private final FileCompleter files = new FileCompleter();

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        return files.complete(session, line, candidates);
    }

    @Override
    public void completeCandidates(Session session, CommandLine line, List<Candidate> candidates) {
        files.completeCandidates(session, line, candidates);
    }
}
