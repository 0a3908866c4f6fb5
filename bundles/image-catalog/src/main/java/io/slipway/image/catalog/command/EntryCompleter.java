package io.slipway.image.catalog.command;

import io.slipway.image.catalog.ImageCatalog;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Completes the names of ready images. */
@Service
public class EntryCompleter implements Completer {

    @Reference
    ImageCatalog catalog;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        return new StringsCompleter(catalog.names()).complete(session, line, candidates);
    }
}
