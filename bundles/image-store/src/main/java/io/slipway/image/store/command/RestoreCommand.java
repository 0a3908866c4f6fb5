package io.slipway.image.store.command;

import io.slipway.image.Digest;
import io.slipway.image.ImageRef;
import io.slipway.image.store.OciImageStore;
import io.slipway.image.store.source.LayoutImage;
import io.slipway.image.store.source.OciLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code image:restore FOLDER [REF …]}. */
@Service
@Command(
        scope = "image",
        name = "restore",
        description = "Brings images and their tags back from a folder that image:backup or image:export wrote")
public class RestoreCommand implements Action {

    @Argument(index = 0, name = "folder", description = "The folder of the backup", required = true)
    @Completion(FolderCompleter.class)
    String folder;

    @Argument(index = 1, name = "refs", description = "The images; else all", required = false, multiValued = true)
    List<String> refs = List.of();

    @Option(name = "--replace", description = "Also tags that name another image now")
    boolean replaces;

    @Reference
    OciImageStore store;

    @Override
    public Object execute() throws IOException {
        Path layout = Path.of(folder);
        if (!OciLayout.isAt(layout)) {
            throw new IOException(folder + " is no OCI image layout; give the folder that image:backup wrote");
        }
        List<ImageRef> wanted = refs.stream().map(ImageRef::parse).toList();
        Map<ImageRef, Digest> now = store.tags();
        int restored = 0;
        int kept = 0;
        for (LayoutImage image : OciLayout.read(layout)) {
            Optional<ImageRef> ref = image.suggested().filter(name -> wanted.isEmpty() || wanted.contains(name));
            if (ref.isEmpty()) {
                continue;
            }
            Optional<Digest> present = Optional.ofNullable(now.get(ref.get()));
            if (present.isPresent() && !present.get().equals(image.digest()) && !replaces) {
                kept++;
                System.out.println(ref.get() + " names another image now and stays; --replace restores it");
            } else {
                store.adopt(ref.get(), image);
                restored++;
            }
        }
        if (restored + kept == 0) {
            throw new IOException(folder + " has none of these images");
        }
        System.out.println(restored + " images are restored");
        return null;
    }
}
