package io.slipway.image.catalog.command;

import io.slipway.image.ImageRef;
import io.slipway.image.catalog.ImageCatalog;
import java.io.IOException;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;

/** {@code image:catalog}. */
@Service
@Command(scope = "image", name = "catalog", description = "Lists the ready images that image:add can fetch")
public class CatalogCommand implements Action {

    @Reference
    ImageCatalog catalog;

    @Override
    public Object execute() throws IOException {
        ImageCatalog.Listing listing = catalog.list();
        ShellTable table = new ShellTable();
        table.column("Name");
        table.column("Title");
        table.column("Architecture");
        table.column("Tried");
        table.column("Here as");
        table.emptyTableText("no ready images");
        listing.lines().forEach(line -> table.addRow()
                .addContent(
                        line.entry().name(),
                        line.entry().title(),
                        line.entry().architecture(),
                        line.entry().isVerified() ? "yes" : "no, from documentation",
                        line.here().stream().map(ImageRef::toString).collect(Collectors.joining(", "))));
        table.print(System.out);
        listing.problems().forEach(problem -> System.out.println("refused: " + problem));
        return null;
    }
}
