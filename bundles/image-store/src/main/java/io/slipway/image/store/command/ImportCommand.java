package io.slipway.image.store.command;

import io.slipway.image.Image;
import io.slipway.image.ImageFile;
import io.slipway.image.ImageRef;
import io.slipway.image.ImageStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code image:import FOLDER REF}. A failure is thrown: the shell prints its message and the script sees it. */
@Service
@Command(scope = "image", name = "import", description = "Imports a folder of boot files as an image")
public class ImportCommand implements Action {

    @Argument(index = 0, name = "folder", description = "The folder that holds the boot files", required = true)
    @Completion(FolderCompleter.class)
    String folder;

    @Argument(
            index = 1,
            name = "ref",
            description = "What the image is called, such as debian-12:current",
            required = true)
    @Completion(ImageRefCompleter.class)
    String ref;

    @Reference
    ImageStore store;

    @Override
    public Object execute() throws IOException {
        ImageRef name = ImageRef.parse(ref);
        long start = System.nanoTime();
        Image image = store.importFolder(Path.of(folder), name);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.println(name + " is " + image.digest());
        System.out.printf(
                Locale.ROOT,
                "%d files, %s (%d bytes) in %.1f s%n",
                image.files().size(),
                Sizes.of(image.size()),
                image.size(),
                seconds);
        for (String role : List.of(ImageFile.KERNEL, ImageFile.INITRD)) {
            image.inRole(role)
                    .forEach(file -> System.out.println(role + " " + file.path() + " (" + Sizes.of(file.size()) + ")"));
        }
        return null;
    }
}
