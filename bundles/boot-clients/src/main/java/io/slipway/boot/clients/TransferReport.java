package io.slipway.boot.clients;

import io.slipway.boot.BootTransport;
import io.slipway.boot.Transfer;
import io.slipway.boot.TransferLoad;
import io.slipway.boot.Transfers;
import io.slipway.sockets.Bandwidth;
import io.slipway.sockets.Door;
import io.slipway.sockets.Doors;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.karaf.shell.support.table.Col;
import org.apache.karaf.shell.support.table.ShellTable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The transfers of one protocol, what keeps them back, and the limits beside their use. */
@Component(service = TransferReport.class)
public final class TransferReport {

    private static final double MEGA = 1e6;

    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    volatile Transfers transfers;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    volatile List<TransferLoad> loads = List.of();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    volatile List<Doors> doors = List.of();

    /** Writes all of it. */
    public void print(BootTransport transport, PrintStream out) {
        table(transport).print(out);
        List<TransferLoad> servers =
                loads.stream().filter(load -> load.transport() == transport).toList();
        for (TransferLoad server : servers) {
            server.limits().forEach(out::println);
        }
        limits().forEach(limit -> out.println(text(limit)));
        for (TransferLoad server : servers) {
            out.println(server.counts().entrySet().stream()
                    .map(count -> count.getKey() + " " + count.getValue())
                    .collect(Collectors.joining(", ", "Since the start: ", "")));
        }
    }

    private ShellTable table(BootTransport transport) {
        ShellTable table = new ShellTable();
        table.column("Client");
        table.column("MAC");
        table.column("Path");
        table.column(new Col("Done").alignRight());
        table.column(new Col("Size").alignRight());
        table.column(new Col("%").alignRight());
        table.column(new Col("Age").alignRight());
        table.column(new Col("MB/s").alignRight());
        table.column("Held back by");
        table.emptyTableText("No transfer is under way.");
        Instant now = Instant.now();
        for (Transfer transfer : transfers.active()) {
            if (transfer.request().transport() == transport) {
                Duration age = Duration.between(transfer.begun(), now);
                table.addRow()
                        .addContent(
                                transfer.request().clientAddress(),
                                transfer.request()
                                        .client()
                                        .map(client -> client.mac().toString())
                                        .orElse("-"),
                                (transfer.isUpload() ? "upload of " : "")
                                        + transfer.request().path(),
                                transfer.sent(),
                                transfer.length(),
                                transfer.length() == 0 ? 0 : transfer.sent() * 100 / transfer.length(),
                                String.format(Locale.ROOT, "%.1f s", age.toMillis() / 1000.0),
                                decimal(transfer.sent() * 1000.0 / MEGA / Math.max(1, age.toMillis())),
                                heldBack(transfer, age));
            }
        }
        return table;
    }

    /** What no limit holds back goes as fast as its client, or the network to it. */
    private static String heldBack(Transfer transfer, Duration age) {
        long share = Math.min(100, transfer.held().toMillis() * 100 / Math.max(1, age.toMillis()));
        return transfer.heldBy()
                .map(limit -> limit + ", " + share + " % of the time")
                .orElse("client");
    }

    /** All doors share what one owner of sockets limits. */
    private List<Bandwidth.Limit> limits() {
        return doors.stream()
                .flatMap(owner -> owner.open().stream())
                .map(Door::bandwidth)
                .distinct()
                .flatMap(bandwidth -> bandwidth.limits().stream())
                .toList();
    }

    private static String text(Bandwidth.Limit limit) {
        return String.format(
                Locale.ROOT,
                "%s: %s of %s MB/s by TFTP and HTTP in the last second, %,d transfers wait for their turn",
                limit.name(),
                decimal(limit.used() / MEGA),
                decimal(limit.bytesPerSecond() / MEGA),
                limit.waiting());
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
    }
}
