package io.slipway.image.store.command;

import io.slipway.image.Digest;
import io.slipway.image.ImageStore;
import io.slipway.image.store.Caretaker;
import java.io.IOException;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code image:pin IMAGE}. */
@Service
@Command(scope = "image", name = "pin", description = "Keeps an image, whatever becomes of its tags")
public class PinCommand implements Action {

    @Argument(name = "image", description = "A tag, or the begin of a digest", required = true)
    @Completion(ImageRefCompleter.class)
    String image;

    @Reference
    ImageStore store;

    @Reference
    Caretaker caretaker;

    @Override
    public Object execute() throws IOException {
        Digest manifest = Digests.manifest(store, image, caretaker.pins());
        if (store.find(manifest).isEmpty()) {
            throw new IllegalArgumentException("no storage backend has image " + manifest + "; import it again");
        }
        caretaker.pin(manifest);
        System.out.println(manifest + " is pinned: image:gc keeps it until image:unpin");
        return null;
    }
}
