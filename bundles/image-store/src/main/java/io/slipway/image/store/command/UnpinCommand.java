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

/** {@code image:unpin IMAGE}. */
@Service
@Command(scope = "image", name = "unpin", description = "Lets an image go that was pinned, once no tag names it")
public class UnpinCommand implements Action {

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
        System.out.println(
                caretaker.unpin(manifest) ? manifest + " is not pinned any more" : manifest + " was not pinned");
        return null;
    }
}
