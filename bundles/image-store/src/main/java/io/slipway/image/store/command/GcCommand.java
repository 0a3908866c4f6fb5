package io.slipway.image.store.command;

import io.slipway.image.store.Caretaker;
import io.slipway.image.store.Clearance;
import java.io.IOException;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code image:gc}. */
@Service
@Command(
        scope = "image",
        name = "gc",
        description = "Removes what no tag, no pin, no import under way and no history that is kept needs")
public class GcCommand implements Action {

    @Option(name = "--dry-run", aliases = "-n", description = "Only says what would go")
    boolean isTrial;

    @Reference
    Caretaker caretaker;

    @Override
    public Object execute() throws IOException {
        Clearance.Result result = caretaker.collect(isTrial);
        System.out.printf(
                "%s %d blobs, %s (%d bytes); %d are left%n",
                isTrial ? "would remove" : "removed",
                result.removed(),
                Sizes.of(result.bytes()),
                result.bytes(),
                result.kept());
        return null;
    }
}
