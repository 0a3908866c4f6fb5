package io.slipway.image.store.command;

import io.slipway.image.ImageRef;
import io.slipway.image.ImageStore;
import io.slipway.image.store.Caretaker;
import java.io.IOException;
import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code image:remove NAME[:TAG]}. */
@Service
@Command(
        scope = "image",
        name = "remove",
        description = "Removes an image with all its tags, or one tag, and its history; image:gc then frees the space")
public class RemoveCommand implements Action {

    @Argument(
            name = "name",
            description = "All tags of a name such as debian-12, or one such as debian-12:old",
            required = true)
    @Completion(ImageRefCompleter.class)
    String name;

    @Reference
    ImageStore store;

    @Reference
    Caretaker caretaker;

    @Override
    public Object execute() throws IOException {
        ImageRef named = ImageRef.parse(name);
        List<ImageRef> refs = store.tags().keySet().stream()
                .filter(ref ->
                        name.contains(":") ? ref.equals(named) : ref.name().equals(named.name()))
                .toList();
        if (refs.isEmpty()) {
            throw NoSuchImage.named(named);
        }
        for (ImageRef ref : refs) {
            store.untag(ref);
            caretaker.forget(ref);
            System.out.println(ref + " is removed");
        }
        return null;
    }
}
