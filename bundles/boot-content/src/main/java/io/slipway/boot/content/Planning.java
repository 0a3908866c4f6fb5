package io.slipway.boot.content;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootDecision;
import io.slipway.boot.BootDecision.Netboot;
import io.slipway.boot.BootEntry;
import io.slipway.boot.BootMenu;
import io.slipway.boot.BootPlan;
import io.slipway.boot.BootPolicy;
import io.slipway.boot.Bootloader;
import io.slipway.boot.NetworkProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One plan in the making, for one client. */
final class Planning {

    private final BootClient client;
    private final List<Ranked<BootPolicy>> policies;
    private final List<Ranked<Bootloader>> loaders;
    private final Complaints complaints;
    private final List<String> reasons = new ArrayList<>();

    /**
     * @param policies in the order of asking
     * @param loaders in the order of asking
     */
    Planning(
            BootClient client,
            List<Ranked<BootPolicy>> policies,
            List<Ranked<Bootloader>> loaders,
            Complaints complaints) {
        this.client = client;
        this.policies = policies;
        this.loaders = loaders;
        this.complaints = complaints;
    }

    BootPlan plan() {
        BootDecision decision = chosen(decide());
        reasons.add(decision.reason());
        if (decision instanceof Netboot netboot) {
            for (Ranked<Bootloader> loader : inOrderFor(netboot)) {
                Optional<NetworkProgram> program = program(loader, netboot);
                if (program.isPresent()) {
                    reasons.add("loader " + loader.name() + " serves it with "
                            + program.get().path());
                    return new BootPlan(decision, Optional.of(loader.name()), program, reasons);
                }
            }
            reasons.add("no loader can serve " + client.architecture() + " over " + client.transport());
        }
        return new BootPlan(decision, Optional.empty(), Optional.empty(), reasons);
    }

    private BootDecision decide() {
        for (Ranked<BootPolicy> policy : policies) {
            try {
                Optional<BootDecision> decision = policy.service().decide(client);
                if (decision.isPresent()) {
                    return decision.get();
                }
            } catch (RuntimeException | LinkageError e) {
                complaints.about("Boot policy", policy, e);
                reasons.add("policy " + policy.name() + " failed and was skipped: " + e);
            }
        }
        return new BootDecision.Ignore("no policy has a rule for this client");
    }

    /** What was chosen in the firmware's own menu is not asked again. */
    private BootDecision chosen(BootDecision decision) {
        if (decision instanceof Netboot netboot) {
            Optional<BootEntry> entry = Optional.ofNullable(client.labels().get(BootClient.CHOSEN_ENTRY))
                    .flatMap(id -> netboot.menu().entries().stream()
                            .filter(one -> one.id().equals(id))
                            .findFirst());
            if (entry.isPresent()) {
                reasons.add("'" + entry.get().label() + "' was chosen in the menu of the firmware");
                return new Netboot(BootMenu.of(entry.get()), netboot.loader(), netboot.reason());
            }
        }
        return decision;
    }

    /** The loader that the decision prefers, then one that runs on the client already, then the rest by ranking. */
    private List<Ranked<Bootloader>> inOrderFor(Netboot netboot) {
        List<Ranked<Bootloader>> order = new ArrayList<>();
        netboot.loader().ifPresent(name -> {
            loaders.stream().filter(loader -> loader.name().equals(name)).forEach(order::add);
            if (order.isEmpty()) {
                reasons.add("the preferred loader " + name + " is not installed");
            }
        });
        loaders.stream().filter(this::isRunning).forEach(order::add);
        order.addAll(loaders);
        return order.stream().distinct().toList();
    }

    private boolean isRunning(Ranked<Bootloader> loader) {
        try {
            return loader.service().isRunningOn(client);
        } catch (RuntimeException | LinkageError e) {
            complaints.about("Bootloader", loader, e);
            return false;
        }
    }

    private Optional<NetworkProgram> program(Ranked<Bootloader> loader, Netboot netboot) {
        try {
            Optional<NetworkProgram> program = loader.service().program(client, netboot);
            if (program.isEmpty()) {
                List<String> problems = loader.service().problems(client);
                reasons.add("loader " + loader.name() + " cannot serve it"
                        + (problems.isEmpty() ? "" : ": " + String.join("; ", problems)));
            }
            return program;
        } catch (RuntimeException | LinkageError e) {
            complaints.about("Bootloader", loader, e);
            reasons.add("loader " + loader.name() + " failed and was skipped: " + e);
            return Optional.empty();
        }
    }
}
