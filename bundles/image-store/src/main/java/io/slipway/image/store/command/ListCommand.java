package io.slipway.image.store.command;

import io.slipway.image.store.Overview;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;

/** {@code image:list}. */
@Service
@Command(scope = "image", name = "list", description = "Lists the images, their sizes, and what they share with others")
public class ListCommand implements Action {

    @Argument(name = "name", description = "Only images whose name begins so", required = false)
    @Completion(ImageRefCompleter.class)
    String name = "";

    @Reference
    Overview overview;

    @Override
    public Object execute() throws IOException {
        ShellTable table = new ShellTable();
        table.column("Image");
        table.column("Files").alignRight();
        table.column("Size").alignRight();
        table.column("Shared").alignRight();
        table.column("Digest");
        table.column("Created (UTC)");
        table.emptyTableText("no images; import one with image:import SOURCE REF");
        List<Overview.Row> rows = overview.rows().stream()
                .filter(row -> row.ref().toString().startsWith(name))
                .toList();
        for (Overview.Row row : rows) {
            boolean isWhole = row.trouble().isEmpty();
            table.addRow()
                    .addContent(
                            row.ref(),
                            isWhole ? row.files() : "-",
                            isWhole ? Sizes.of(row.size()) : "broken",
                            isWhole ? Sizes.of(row.shared()) : "-",
                            Digests.brief(row.digest()),
                            isWhole ? row.created().truncatedTo(ChronoUnit.SECONDS) : "-");
        }
        table.print(System.out);
        rows.forEach(row -> row.trouble()
                .ifPresent(why -> System.out.println(row.ref() + ": " + why + "; import it again, or image:untag it")));
        return null;
    }
}
