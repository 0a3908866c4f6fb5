package io.slipway.dhcp.proxy.command;

import io.slipway.dhcp.proxy.SegmentModes;
import java.io.PrintStream;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;

/** {@code dhcp:servers}: the foreign DHCP servers of each segment, and what this server is beside them. */
@Service
@Command(
        scope = "dhcp",
        name = "servers",
        description = "Shows every other DHCP server on each segment, since when, and what it offers.")
public final class ServersCommand implements Action {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    @Reference
    SegmentModes modes;

    PrintStream out = System.out;

    @Override
    public Object execute() {
        modes.modes().forEach(out::println);
        List<SegmentModes.Row> rows = modes.rows();
        if (rows.isEmpty()) {
            out.println("No other DHCP server has been heard.");
            return null;
        }
        ShellTable table = new ShellTable();
        List.of("Segment", "Server", "Known", "Since", "Last heard", "Offers").forEach(table::column);
        for (SegmentModes.Row row : rows) {
            table.addRow()
                    .addContent(
                            row.segment(),
                            row.address(),
                            row.isKnown() ? "yes" : "no",
                            TIME.format(row.since()),
                            row.silence().toSeconds() + "s ago",
                            row.offers());
        }
        table.print(out);
        return null;
    }
}
