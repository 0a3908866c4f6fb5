package io.slipway.image.catalog.command;

import io.slipway.image.ImageRef;
import io.slipway.image.ImageStore;
import java.io.IOException;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Completes the names of images that are there, one of which may be moved on. */
@Service
public class ImageRefCompleter implements Completer {

    private static final Logger LOG = LoggerFactory.getLogger(ImageRefCompleter.class);

    @Reference
    ImageStore store;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        try {
            List<String> refs =
                    store.tags().keySet().stream().map(ImageRef::toString).toList();
            return new StringsCompleter(refs).complete(session, line, candidates);
        } catch (IOException e) {
            LOG.debug("no names to complete", e);
            return -1;
        }
    }
}
