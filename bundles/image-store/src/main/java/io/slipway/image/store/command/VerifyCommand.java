package io.slipway.image.store.command;

import io.slipway.image.ImageRef;
import io.slipway.image.store.Caretaker;
import io.slipway.image.store.Inspection;
import java.io.IOException;
import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code image:verify [REF …]}. It fails when something is damaged and nothing has mended it. */
@Service
@Command(
        scope = "image",
        name = "verify",
        description = "Reads images again, or all blobs, and compares them with their digests")
public class VerifyCommand implements Action {

    @Argument(name = "refs", description = "The images; else every blob is read", required = false, multiValued = true)
    @Completion(ImageRefCompleter.class)
    List<String> refs = List.of();

    @Reference
    Caretaker caretaker;

    @Override
    public Object execute() throws IOException {
        Inspection inspection =
                caretaker.inspect(refs.stream().map(ImageRef::parse).toList());
        System.out.printf(
                "read %d blobs, %s: %d damaged%n",
                inspection.blobs(),
                Sizes.of(inspection.bytes()),
                inspection.damages().size());
        for (Inspection.Damage damage : inspection.damages()) {
            System.out.println(damage.digest() + " in " + damage.backend() + ": "
                    + (damage.isMended() ? "mended from another backend" : "not served any more"));
            damage.images().forEach(image -> System.out.println("  hurts " + image));
        }
        if (inspection.damages().stream().anyMatch(damage -> !damage.isMended())) {
            throw new IOException("images are damaged; check the disk, and import them again");
        }
        return null;
    }
}
