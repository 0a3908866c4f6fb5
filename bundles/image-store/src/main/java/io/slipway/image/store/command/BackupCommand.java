package io.slipway.image.store.command;

import io.slipway.image.ImageStore;
import io.slipway.image.store.Caretaker;
import io.slipway.image.store.export.FolderTarget;
import io.slipway.image.store.export.LayoutExport;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code image:backup FOLDER}. */
@Service
@Command(
        scope = "image",
        name = "backup",
        description = "Copies every tagged image into a folder; what it has from the last time is not copied again")
public class BackupCommand implements Action {

    @Argument(name = "folder", description = "A folder for the backup, on another disk", required = true)
    @Completion(FolderCompleter.class)
    String folder;

    @Reference
    ImageStore store;

    @Reference
    Caretaker caretaker;

    @Override
    public Object execute() throws IOException {
        try (FolderTarget target = FolderTarget.at(Path.of(folder))) {
            LayoutExport.Result result = caretaker.export(store.tags().keySet(), target);
            long removed = target.removeOthers();
            System.out.printf(
                    "%d images are in %s: %d blobs, %s are new, %d that no image has any more were removed%n",
                    result.images(), folder, result.written(), Sizes.of(result.bytes()), removed);
        }
        return null;
    }
}
