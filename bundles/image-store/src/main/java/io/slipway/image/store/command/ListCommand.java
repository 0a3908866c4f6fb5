package io.slipway.image.store.command;

import io.slipway.image.ImageStore;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;

/** {@code image:list}. */
@Service
@Command(scope = "image", name = "list", description = "Lists the images")
public class ListCommand implements Action {

    private static final int SHORT = 12;

    @Reference
    ImageStore store;

    @Override
    public Object execute() throws IOException {
        ShellTable table = new ShellTable();
        table.column("Image");
        table.column("Files").alignRight();
        table.column("Size").alignRight();
        table.column("Digest");
        table.column("Created (UTC)");
        table.emptyTableText("no images; import a folder with image:import FOLDER REF");
        store.images().forEach((ref, image) -> table.addRow()
                .addContent(
                        ref,
                        image.files().size(),
                        Sizes.of(image.size()),
                        image.digest().hex().substring(0, SHORT),
                        image.created().truncatedTo(ChronoUnit.SECONDS)));
        table.print(System.out);
        return null;
    }
}
