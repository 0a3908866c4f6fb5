package io.slipway.tftp.server.command;

import io.slipway.boot.BootTransport;
import io.slipway.boot.Transfer;
import io.slipway.boot.Transfers;
import io.slipway.tftp.server.TftpServer;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.Col;
import org.apache.karaf.shell.support.table.ShellTable;

/** {@code tftp:transfers}. */
@Service
@Command(scope = "tftp", name = "transfers", description = "The TFTP transfers under way, oldest first")
public final class TransfersCommand implements Action {

    @Reference
    private Transfers transfers;

    @Reference
    private TftpServer server;

    @Override
    public Object execute() {
        print(
                transfers.active().stream()
                        .filter(transfer -> transfer.request().transport() == BootTransport.TFTP)
                        .toList(),
                System.out);
        System.out.println(server.counts().entrySet().stream()
                .map(count -> count.getKey() + " " + count.getValue())
                .collect(Collectors.joining(", ", "Since the start: ", "")));
        return null;
    }

    static void print(List<Transfer> active, PrintStream out) {
        ShellTable table = new ShellTable();
        table.column("Client");
        table.column("MAC");
        table.column("Path");
        table.column(new Col("Sent").alignRight());
        table.column(new Col("Size").alignRight());
        table.column(new Col("%").alignRight());
        table.column(new Col("Age").alignRight());
        table.emptyTableText("No transfer is under way.");
        for (Transfer transfer : active) {
            table.addRow()
                    .addContent(
                            transfer.request().clientAddress(),
                            transfer.request()
                                    .client()
                                    .map(client -> client.mac().toString())
                                    .orElse("-"),
                            transfer.request().path(),
                            transfer.sent(),
                            transfer.length(),
                            transfer.length() == 0 ? 0 : transfer.sent() * 100 / transfer.length(),
                            seconds(Duration.between(transfer.begun(), Instant.now())));
        }
        table.print(out);
    }

    private static String seconds(Duration age) {
        return String.format(Locale.ROOT, "%.1f s", age.toMillis() / 1000.0);
    }
}
