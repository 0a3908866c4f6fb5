package io.slipway.dhcp.server.command;

import io.slipway.dhcp.server.DhcpStatistics;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;

/** {@code dhcp:statistics}. */
@Service
@Command(
        scope = "dhcp",
        name = "statistics",
        description = "Counts of DHCP packets received, sent and dropped since the server's start")
public final class StatisticsCommand implements Action {

    @Reference
    private DhcpStatistics statistics;

    @Override
    public Object execute() {
        ShellTable table = new ShellTable();
        table.column("Packets");
        table.column("What");
        table.column("Count").alignRight();
        table.emptyTableText("No packet has come in since the server's start.");
        statistics.counts().forEach(count -> table.addRow().addContent(count.kind(), count.what(), count.number()));
        table.print(System.out);
        return null;
    }
}
