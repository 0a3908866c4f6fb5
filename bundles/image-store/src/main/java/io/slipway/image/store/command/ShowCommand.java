package io.slipway.image.store.command;

import io.slipway.image.Image;
import io.slipway.image.ImageRef;
import io.slipway.image.ImageStore;
import java.io.IOException;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;

/** {@code image:show REF}. */
@Service
@Command(scope = "image", name = "show", description = "Shows the files of an image")
public class ShowCommand implements Action {

    @Argument(name = "ref", description = "The image, such as debian-12:current", required = true)
    @Completion(ImageRefCompleter.class)
    String ref;

    @Reference
    ImageStore store;

    @Override
    public Object execute() throws IOException {
        ImageRef name = ImageRef.parse(ref);
        Image image = store.find(name).orElseThrow(() -> NoSuchImage.named(name));
        System.out.println(name + " is " + image.digest() + ", created " + image.created());
        new TreeMap<>(image.annotations())
                .forEach((key, value) -> System.out.println(key + ": " + value.replaceAll("\\p{Cc}", "?")));
        ShellTable table = new ShellTable();
        table.column("Role");
        table.column("Size").alignRight();
        table.column("Path");
        table.emptyTableText("no boot files: its layers have no title");
        image.files().forEach(file -> table.addRow().addContent(file.role(), Sizes.of(file.size()), file.path()));
        table.print(System.out);
        return null;
    }
}
