package io.slipway.dhcp.handlers.command;

import io.slipway.dhcp.handlers.Lease;
import io.slipway.dhcp.handlers.Leases;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Completes addresses and MAC addresses of leases that are under way; at most so many that a terminal shows them. */
@Service
public final class LeaseCompleter implements Completer {

    static final int MOST = 100;

    @Reference
    Leases leases;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        String argument = Optional.ofNullable(line.getCursorArgument()).orElse("");
        return new StringsCompleter(
                        beginningWith(argument.substring(0, Math.min(line.getArgumentPosition(), argument.length()))))
                .complete(session, line, candidates);
    }

    /** What begins with some characters, addresses first, then MAC addresses. */
    List<String> beginningWith(String start) {
        String wanted = start.toLowerCase(Locale.ROOT);
        Shortlist<String> found = new Shortlist<>(
                MOST, Comparator.comparing(LeaseLookup::isMac).thenComparing(Comparator.naturalOrder()));
        leases.desk().forEach(lease -> {
            if (!LeaseText.hasEnded(leases.remaining(lease))) {
                add(lease, wanted, found);
            }
        });
        return found.first();
    }

    private static void add(Lease lease, String wanted, Shortlist<String> found) {
        for (String text : List.of(lease.address().getHostAddress(), lease.mac().toString())) {
            if (text.startsWith(wanted)) {
                found.add(text);
            }
        }
    }
}
