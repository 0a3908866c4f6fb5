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
        System.out.println();
        printDelivered();
        return null;
    }

    /** "Direct" is what went to one client without an address alone. */
    private void printDelivered() {
        ShellTable table = new ShellTable();
        table.column("Interface");
        table.column("Clients without an address");
        table.column("Direct").alignRight();
        table.column("Failed").alignRight();
        table.column("Broadcast").alignRight();
        table.column("Unicast").alignRight();
        table.emptyTableText("No interface is served.");
        statistics.delivered().forEach(wire -> table.addRow()
                .addContent(
                        wire.link(), wire.newcomers(), wire.direct(), wire.failed(), wire.broadcast(), wire.unicast()));
        table.print(System.out);
    }
}
