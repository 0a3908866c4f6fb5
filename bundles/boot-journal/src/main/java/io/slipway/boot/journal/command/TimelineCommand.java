package io.slipway.boot.journal.command;

import io.slipway.boot.MacAddress;
import io.slipway.boot.journal.Boots;
import io.slipway.boot.journal.Timeline;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;

/** {@code boot:timeline}: what happened in a boot, and when. */
@Service
@Command(
        scope = "boot",
        name = "timeline",
        description = "Shows the latest boot of a machine step by step, or all boots when no machine is given")
public final class TimelineCommand implements Action {

    @Reference
    private Timeline timeline;

    @Reference
    private Session session;

    @Argument(name = "machine", description = "A MAC address such as 52:54:00:12:34:56")
    @Completion(MachineCompleter.class)
    private String machine;

    @Option(name = "--follow", aliases = "-f", description = "Goes on with every step as it comes, until Ctrl-C")
    private boolean isFollowing;

    @Option(name = "--last", aliases = "-n", description = "How many of the latest boots to show")
    private Integer last;

    @Override
    public Object execute() throws CommandException {
        if (last != null && last < 1) {
            throw refused("--last " + last + "; expected 1 or more");
        }
        Optional<String> wanted = wanted();
        TimelineReport report = new TimelineReport(timeline, System.out, session.getConsole());
        if (isFollowing) {
            follow(report, wanted);
        } else if (wanted.isPresent()) {
            report.boots(wanted.get(), last == null ? 1 : last);
        } else {
            report.summary(last == null ? Integer.MAX_VALUE : last);
        }
        return null;
    }

    /** A machine of which the MAC is not known goes by its address. */
    private Optional<String> wanted() throws CommandException {
        if (machine == null || Boots.of(timeline.events()).machines().contains(machine)) {
            return Optional.ofNullable(machine);
        }
        try {
            return Optional.of(MacAddress.parse(machine).toString());
        } catch (IllegalArgumentException e) {
            throw refused(e.getMessage());
        }
    }

    private void follow(TimelineReport report, Optional<String> wanted) {
        try {
            report.follow(wanted, last == null ? 0 : last);
        } catch (InterruptedException e) {
            // Ctrl-C is how following ends; the thread is the shell's, which interrupted it for this.
            System.out.flush();
        }
    }

    private static CommandException refused(String why) {
        return new CommandException("boot:timeline: " + why, why);
    }
}
