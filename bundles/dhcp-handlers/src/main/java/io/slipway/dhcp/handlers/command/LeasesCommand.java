package io.slipway.dhcp.handlers.command;

import io.slipway.dhcp.handlers.Lease;
import io.slipway.dhcp.handlers.Leases;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;

/** {@code dhcp:leases}: who has which address, and until when. */
@Service
@Command(scope = "dhcp", name = "leases", description = "Shows who has which address, and until when.")
public final class LeasesCommand implements Action {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    @Reference
    Leases leases;

    @Option(name = "--expired", description = "Also show leases that have ended or were released.")
    boolean expired;

    PrintStream out = System.out;

    @Override
    public Object execute() {
        List<Lease> shown = leases.all().stream()
                .filter(lease -> expired || !hasEnded(lease))
                .toList();
        if (shown.isEmpty()) {
            out.println(expired ? "No leases." : "No leases. Those that have ended show with --expired.");
            return null;
        }
        ShellTable table = new ShellTable();
        List.of("Address", "MAC", "Host name", "State", "Expires", "").forEach(table::column);
        for (Lease lease : shown) {
            Duration remaining = leases.remaining(lease);
            table.addRow()
                    .addContent(
                            lease.address().getHostAddress(),
                            lease.mac(),
                            lease.hostName(),
                            state(lease),
                            TIME.format(Instant.now().plus(remaining)),
                            relative(remaining));
        }
        table.print(out);
        return null;
    }

    private boolean hasEnded(Lease lease) {
        return leases.remaining(lease).toSeconds() <= 0;
    }

    private String state(Lease lease) {
        boolean isExpired = hasEnded(lease) && lease.state() != Lease.State.RELEASED;
        return isExpired ? "expired" : lease.state().name().toLowerCase(Locale.ROOT);
    }

    /** {@code in 2d 3h}, {@code in 59m 12s}, {@code 5s ago}: the two greatest units. */
    static String relative(Duration remaining) {
        Duration time = remaining.abs();
        String text;
        if (time.toDays() > 0) {
            text = time.toDays() + "d " + time.toHoursPart() + "h";
        } else if (time.toHours() > 0) {
            text = time.toHours() + "h " + time.toMinutesPart() + "m";
        } else if (time.toMinutes() > 0) {
            text = time.toMinutes() + "m " + time.toSecondsPart() + "s";
        } else {
            text = time.toSeconds() + "s";
        }
        return remaining.isNegative() ? text + " ago" : "in " + text;
    }
}
