package io.slipway.boot.policy.command;

import io.slipway.boot.policy.BootConfiguration;
import io.slipway.boot.policy.Counts;
import io.slipway.boot.policy.Group;
import io.slipway.boot.policy.PolicyStatus;
import io.slipway.boot.policy.Problem;
import io.slipway.boot.policy.Profile;
import java.io.PrintStream;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.apache.karaf.shell.support.table.ShellTable;

/** Prints what the policy serves and what it refuses. */
final class PolicyReport {

    private final PrintStream out;

    PolicyReport(PrintStream out) {
        this.out = out;
    }

    void print(PolicyStatus status) {
        out.println("Folder  " + status.folder());
        out.println("Serves  "
                + status.since()
                        .map(since ->
                                Counts.of(status.configuration()) + ", since " + since.truncatedTo(ChronoUnit.SECONDS))
                        .orElse("nothing"));
        status.lost().ifPresent(why -> out.println("Lost    the folder cannot be read: " + why));
        for (Problem problem : status.problems()) {
            out.println("Refused " + problem);
        }
        if (status.since().isPresent()) {
            groups(status.configuration());
            profiles(status.configuration());
        }
    }

    private void groups(BootConfiguration configuration) {
        ShellTable table = new ShellTable().emptyTableText("No groups: no machine is given anything to boot");
        table.column("Group");
        table.column("Matches");
        table.column("Boots");
        table.column("After").alignRight();
        table.column("Defined at");
        for (Group group : configuration.groups()) {
            table.addRow()
                    .addContent(
                            group.name(),
                            group.selector(),
                            group.offer(),
                            timeout(group),
                            group.place().fileAndLine());
        }
        out.println();
        table.print(out);
    }

    private void profiles(BootConfiguration configuration) {
        ShellTable table = new ShellTable().emptyTableText("No profiles");
        table.column("Profile");
        table.column("Title");
        table.column("Boots");
        table.column("Loader");
        table.column("Defined at");
        for (Profile profile : configuration.profiles().values()) {
            table.addRow()
                    .addContent(
                            profile.name(),
                            profile.title(),
                            profile.payload(),
                            profile.loader().orElse("any"),
                            profile.place().fileAndLine());
        }
        out.println();
        table.print(out);
    }

    private static String timeout(Group group) {
        Duration timeout = group.offer() instanceof Group.Choice choice ? choice.timeout() : Duration.ZERO;
        return timeout.isZero() ? "" : timeout.toSeconds() + " s";
    }
}
