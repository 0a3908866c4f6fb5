package io.slipway.image.store.command;

import io.slipway.image.Digest;
import io.slipway.image.ImageRef;
import io.slipway.image.ImageStore;
import io.slipway.image.TagMove;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code image:rollback REF [IMAGE]}: back to what the tag named before, in one step. */
@Service
@Command(scope = "image", name = "rollback", description = "Makes a tag name the image again that it named before")
public class RollbackCommand implements Action {

    @Argument(index = 0, name = "ref", description = "The tag, such as debian-12:current", required = true)
    @Completion(ImageRefCompleter.class)
    String ref;

    @Argument(
            index = 1,
            name = "image",
            description = "An image of its history, by the begin of its digest; else the one before",
            required = false)
    String image = "";

    @Reference
    ImageStore store;

    @Override
    public Object execute() throws IOException {
        ImageRef name = ImageRef.parse(ref);
        List<TagMove> moves = store.history(name);
        if (moves.isEmpty()) {
            throw NoSuchImage.named(name);
        }
        Digest target = image.isEmpty() ? former(name, moves) : Digests.manifest(store, image, Set.of());
        if (moves.stream().noneMatch(move -> move.manifest().equals(Optional.of(target)))) {
            throw new IllegalArgumentException(name + " never named " + target
                    + "; image:history shows what it named, image:tag makes it name another image");
        }
        store.tag(name, target);
        System.out.println(name + " is " + target + " again");
        return null;
    }

    /** The newest that is not what the tag names now, and still there. A second rollback goes one further back. */
    private Digest former(ImageRef name, List<TagMove> moves) throws IOException {
        Optional<Digest> now = Optional.ofNullable(store.tags().get(name));
        for (TagMove move : moves.subList(firstOf(moves, now), moves.size())) {
            if (move.manifest().isPresent()
                    && !move.manifest().equals(now)
                    && store.find(move.manifest().get()).isPresent()) {
                return move.manifest().get();
            }
        }
        throw new IllegalArgumentException("there is nothing before it that " + name
                + " named and that is still kept; name one of image:history, or another image with image:tag");
    }

    /** Where the image of now came first: what lies above are rollbacks to it. */
    private static int firstOf(List<TagMove> moves, Optional<Digest> now) {
        if (now.isEmpty()) {
            return 0;
        }
        int oldest = 0;
        for (int i = 0; i < moves.size(); i++) {
            oldest = moves.get(i).manifest().equals(now) ? i : oldest;
        }
        return oldest;
    }
}
