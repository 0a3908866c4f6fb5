package io.slipway.image.store.command;

import io.slipway.image.ImageRef;
import io.slipway.image.ImageStore;
import java.io.IOException;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code image:untag REF}. */
@Service
@Command(
        scope = "image",
        name = "untag",
        description = "Removes an image's tag; its history and, for a while, its bytes stay")
public class UntagCommand implements Action {

    @Argument(name = "ref", description = "The image, such as debian-12:current", required = true)
    @Completion(ImageRefCompleter.class)
    String ref;

    @Reference
    ImageStore store;

    @Override
    public Object execute() throws IOException {
        ImageRef name = ImageRef.parse(ref);
        if (!store.untag(name)) {
            throw NoSuchImage.named(name);
        }
        System.out.println(name + " is untagged; image:rollback " + name + " brings it back");
        return null;
    }
}
