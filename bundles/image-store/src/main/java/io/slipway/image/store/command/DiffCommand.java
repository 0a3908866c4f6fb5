package io.slipway.image.store.command;

import io.slipway.image.Image;
import io.slipway.image.ImageFile;
import io.slipway.image.ImageStore;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code image:diff ONE OTHER}. */
@Service
@Command(scope = "image", name = "diff", description = "Shows the files in which two images differ")
public class DiffCommand implements Action {

    @Argument(index = 0, name = "one", description = "A tag, or the begin of a digest", required = true)
    @Completion(ImageRefCompleter.class)
    String one;

    @Argument(index = 1, name = "other", description = "A tag, or the begin of a digest", required = true)
    @Completion(ImageRefCompleter.class)
    String other;

    @Reference
    ImageStore store;

    @Override
    public Object execute() throws IOException {
        Map<String, ImageFile[]> files = new TreeMap<>();
        image(one).files().forEach(file -> files.computeIfAbsent(file.path(), path -> new ImageFile[2])[0] = file);
        image(other).files().forEach(file -> files.computeIfAbsent(file.path(), path -> new ImageFile[2])[1] = file);
        int same = 0;
        for (Map.Entry<String, ImageFile[]> file : files.entrySet()) {
            Optional<ImageFile> before = Optional.ofNullable(file.getValue()[0]);
            Optional<ImageFile> after = Optional.ofNullable(file.getValue()[1]);
            if (before.map(ImageFile::digest).equals(after.map(ImageFile::digest))) {
                same++;
            } else {
                System.out.println((before.isEmpty() ? "+ " : after.isEmpty() ? "- " : "~ ") + file.getKey() + " ("
                        + before.map(DiffCommand::size).orElse("")
                        + (before.isPresent() && after.isPresent() ? " -> " : "")
                        + after.map(DiffCommand::size).orElse("") + ")");
            }
        }
        System.out.println(same + " files are the same, " + (files.size() - same) + " differ");
        return null;
    }

    private Image image(String text) throws IOException {
        return store.find(Digests.manifest(store, text, Set.of()))
                .orElseThrow(() -> new IOException("image " + text + " is not stored any more"));
    }

    private static String size(ImageFile file) {
        return Sizes.of(file.size());
    }
}
