package io.slipway.boot.policy.command;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootDecision;
import io.slipway.boot.BootEntry;
import io.slipway.boot.BootMenu;
import io.slipway.boot.BootPlan;
import io.slipway.boot.policy.KnownMachine;
import io.slipway.boot.policy.PolicyStatus;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Prints a plan for a person to read. */
final class PlanReport {

    private final PrintStream out;

    PlanReport(PrintStream out) {
        this.out = out;
    }

    void print(BootClient client, boolean known, Optional<KnownMachine> machine, BootPlan plan, PolicyStatus policy) {
        line(
                "Client",
                client.mac() + ", " + client.architecture() + ", fetches by "
                        + client.transport().name().toLowerCase(Locale.ROOT)
                        + (known ? "" : "; not seen yet, so only what is given here is known of it"));
        machine.ifPresent(this::machine);
        line("Decision", decision(plan.decision()));
        plan.loader().ifPresent(loader -> line("Loader", loader));
        plan.program().ifPresent(program -> line("Program", program.path()));
        List<String> reasons = new ArrayList<>(plan.reasons());
        if (!reasons.contains(plan.decision().reason())) {
            reasons.add(0, plan.decision().reason());
        }
        for (int i = 0; i < reasons.size(); i++) {
            line(i == 0 ? "Because" : "", reasons.get(i));
        }
        if (plan.decision() instanceof BootDecision.Netboot netboot) {
            menu(netboot.menu());
        }
        note(policy);
    }

    private void machine(KnownMachine known) {
        String labels = known.machine().labels().isEmpty() ? "no labels" : MachineText.labels(known.machine());
        line("Machine", known.machine().name() + " (" + known.origin() + "), " + labels);
    }

    private static String decision(BootDecision decision) {
        if (decision instanceof BootDecision.Netboot) {
            return "boot from the network";
        }
        return decision instanceof BootDecision.LocalBoot ? "boot the next device" : "ignore";
    }

    private void menu(BootMenu menu) {
        out.println();
        line(
                "Menu",
                menu.title() + "; " + menu.defaultId()
                        + (menu.timeout().isZero()
                                ? " boots at once"
                                : " boots after " + menu.timeout().toSeconds() + " s"));
        for (BootEntry entry : menu.entries()) {
            out.println();
            line("Entry", entry.id() + (entry.id().equals(menu.defaultId()) ? " (default)" : ""));
            line("Title", entry.label());
            entry(entry);
        }
    }

    private void entry(BootEntry entry) {
        if (entry instanceof BootEntry.Linux linux) {
            line("Kernel", linux.kernel());
            linux.initrds().forEach(path -> line("Initrd", path));
            line("Arguments", linux.arguments());
        } else if (entry instanceof BootEntry.EfiProgram program) {
            line("Program", program.path());
            line("Arguments", program.arguments());
        } else {
            line("Boots", "the next device");
        }
    }

    private void note(PolicyStatus policy) {
        policy.lost().ifPresent(why -> line("Note", policy.folder() + " cannot be read: " + why));
        if (!policy.problems().isEmpty()) {
            line(
                    "Note",
                    "the files in " + policy.folder() + " are refused, what they said before counts: "
                            + policy.problems().get(0));
        }
    }

    private void line(String key, String value) {
        out.printf("%-10s %s%n", key, value);
    }
}
