package io.slipway.image.store.command;

import io.slipway.image.ImageRef;
import io.slipway.image.ImageStore;
import io.slipway.image.TagMove;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;

/** {@code image:history REF}. */
@Service
@Command(scope = "image", name = "history", description = "Shows what a tag has named, the newest first")
public class HistoryCommand implements Action {

    @Argument(name = "ref", description = "The tag, such as debian-12:current", required = true)
    @Completion(ImageRefCompleter.class)
    String ref;

    @Reference
    ImageStore store;

    @Override
    public Object execute() throws IOException {
        ImageRef name = ImageRef.parse(ref);
        List<TagMove> moves = store.history(name);
        if (moves.isEmpty()) {
            throw NoSuchImage.named(name);
        }
        ShellTable table = new ShellTable();
        table.column("Since (UTC)");
        table.column("Digest");
        table.column("Is");
        boolean isTagged = store.tags().containsKey(name);
        for (int i = 0; i < moves.size(); i++) {
            TagMove move = moves.get(i);
            table.addRow()
                    .addContent(
                            move.time().equals(Instant.EPOCH)
                                    ? "-"
                                    : move.time().truncatedTo(ChronoUnit.SECONDS),
                            move.manifest().map(Digests::brief).orElse("-"),
                            what(move, i == 0 && isTagged));
        }
        table.print(System.out);
        return null;
    }

    private String what(TagMove move, boolean isNow) throws IOException {
        if (move.manifest().isEmpty()) {
            return "untagged";
        }
        if (isNow) {
            return "now";
        }
        return store.find(move.manifest().get()).isPresent() ? "kept" : "cleared away";
    }
}
