package io.slipway.image.store.command;

import io.slipway.image.ImageRef;
import io.slipway.image.store.Caretaker;
import io.slipway.image.store.export.FolderTarget;
import io.slipway.image.store.export.LayoutExport;
import io.slipway.image.store.export.LayoutTarget;
import io.slipway.image.store.export.TarTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code image:export TARGET REF …}. */
@Service
@Command(
        scope = "image",
        name = "export",
        description = "Writes images into an OCI image layout: a folder, or an archive when its name ends in .tar")
public class ExportCommand implements Action {

    @Argument(index = 0, name = "target", description = "A new or empty folder, or a new .tar file", required = true)
    @Completion(FolderCompleter.class)
    String target;

    @Argument(index = 1, name = "refs", description = "The images", required = true, multiValued = true)
    @Completion(ImageRefCompleter.class)
    List<String> refs;

    @Reference
    Caretaker caretaker;

    @Override
    public Object execute() throws IOException {
        List<ImageRef> names = refs.stream().map(ImageRef::parse).toList();
        Path path = Path.of(target);
        try (LayoutTarget layout = target.endsWith(".tar") ? new TarTarget(path) : FolderTarget.at(path)) {
            LayoutExport.Result result = caretaker.export(names, layout);
            System.out.printf(
                    "%d images, %d blobs, %s written to %s%n",
                    result.images(), result.written(), Sizes.of(result.bytes()), target);
        }
        return null;
    }
}
