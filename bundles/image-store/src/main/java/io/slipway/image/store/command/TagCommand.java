package io.slipway.image.store.command;

import io.slipway.image.Image;
import io.slipway.image.ImageRef;
import io.slipway.image.ImageStore;
import java.io.IOException;
import java.util.Set;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code image:tag IMAGE REF}. */
@Service
@Command(
        scope = "image",
        name = "tag",
        description = "Makes a tag name an image that is there already: publishes it in one step")
public class TagCommand implements Action {

    @Argument(
            index = 0,
            name = "image",
            description = "The image: a tag such as debian-12:next, or the begin of a digest",
            required = true)
    @Completion(ImageRefCompleter.class)
    String image;

    @Argument(index = 1, name = "ref", description = "The tag that is to name it, too", required = true)
    @Completion(ImageRefCompleter.class)
    String ref;

    @Reference
    ImageStore store;

    @Override
    public Object execute() throws IOException {
        ImageRef name = ImageRef.parse(ref);
        Image tagged = store.tag(name, Digests.manifest(store, image, Set.of()));
        System.out.println(name + " is " + tagged.digest());
        return null;
    }
}
