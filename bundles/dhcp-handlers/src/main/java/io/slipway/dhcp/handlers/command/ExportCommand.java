package io.slipway.dhcp.handlers.command;

import io.slipway.dhcp.handlers.ConfiguredSite;
import io.slipway.dhcp.handlers.Lease;
import io.slipway.dhcp.handlers.Leases;
import io.slipway.dhcp.handlers.migration.KeaCsv;
import io.slipway.dhcp.handlers.migration.KeaJson;
import io.slipway.dhcp.handlers.migration.Site;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;

/** {@code dhcp:export --format kea-csv|kea-json [FILE]}. */
@Service
@Command(
        scope = "dhcp",
        name = "export",
        description = "Writes leases (kea-csv) or networks, groups, options and machines (kea-json) as Kea reads them,"
                + " into FILE, which must not be there yet, or onto the screen")
public final class ExportCommand implements Action {

    static final String CSV = "kea-csv";
    static final String JSON = "kea-json";
    static final List<String> FORMATS = List.of(CSV, JSON);

    @Argument(name = "FILE", description = "Where to, on the server's disk", multiValued = true)
    List<String> words = new ArrayList<>();

    @Option(name = "--format", description = "kea-csv: the leases as Kea's memfile; kea-json: the rest as Dhcp4")
    @Completion(ExportFormatCompleter.class)
    String format;

    @Reference
    ConfiguredSite configured;

    @Reference
    Leases leases;

    PrintStream out = System.out;

    @Override
    public Object execute() throws CommandException, IOException {
        List<String> files = LateFlags.read(words, Map.of("--format", text -> format = text), Map.of());
        if (format == null || !FORMATS.contains(format) || files.size() > 1) {
            throw new CommandException("expected --format " + String.join(" or ", FORMATS) + ", and one FILE or none");
        }
        Site site = configured.site();
        List<Lease> live = leases.all().stream()
                .filter(lease -> leases.remaining(lease).toSeconds() > 0)
                .toList();
        String text = format.equals(JSON) ? KeaJson.write(site) : KeaCsv.write(site, live);
        if (files.isEmpty()) {
            out.print(text);
            return null;
        }
        try {
            Files.write(
                    Path.of(files.get(0)).toAbsolutePath(),
                    text.getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new CommandException(files.get(0) + " is there already; take another name or remove it", e);
        }
        out.println(files.get(0) + " is written");
        if (format.equals(JSON)) {
            ImportReport.print(out, site, "what Kea cannot say");
        }
        return null;
    }
}
