package io.slipway.boot.policy;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootDecision;
import io.slipway.boot.BootEntry;
import io.slipway.boot.BootMenu;
import io.slipway.image.ImageStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Turns one configuration and what the image store has now into decisions. */
final class Decider {

    private final BootConfiguration configuration;
    private final EntryBuilder entries;
    private final BiConsumer<Profile, String> onUnavailable;

    /** @param onUnavailable is told of each profile that cannot be booted, each time, with the reason */
    Decider(BootConfiguration configuration, ImageStore images, BiConsumer<Profile, String> onUnavailable) {
        this.configuration = configuration;
        this.entries = new EntryBuilder(images);
        this.onUnavailable = onUnavailable;
    }

    /**
     * Empty when no group is for this client.
     *
     * @param machine that the client is, where it is known
     */
    Optional<BootDecision> decide(BootClient client, Optional<KnownMachine> machine) {
        BootClient labelled = machine.map(known -> MachineDirectory.labelled(client, known.machine()))
                .orElse(client);
        return configuration.match(labelled).map(match -> decide(match, machine));
    }

    private BootDecision decide(BootConfiguration.Match match, Optional<KnownMachine> machine) {
        String reason = machine.map(Decider::describe).orElse("") + why(match);
        if (match.group().offer() instanceof Group.Choice choice) {
            return decide(choice, reason);
        }
        return new BootDecision.Ignore(
                reason + ": " + ((Group.Nothing) match.group().offer()).why());
    }

    private static String describe(KnownMachine machine) {
        return "machine '" + machine.machine().name() + "' (" + machine.origin() + "), ";
    }

    private BootDecision decide(Group.Choice choice, String group) {
        List<BootEntry> menu = new ArrayList<>();
        StringBuilder reason = new StringBuilder(group + ", " + describe(choice.standard()));
        for (Profile profile : choice.profiles()) {
            try {
                menu.add(entries.build(profile));
            } catch (EntryBuilder.UnavailableException e) {
                onUnavailable.accept(profile, e.getMessage());
                if (profile.equals(choice.standard())) {
                    return new BootDecision.Ignore(reason + ", cannot be booted: " + e.getMessage());
                }
                reason.append("; left out ")
                        .append(describe(profile))
                        .append(": ")
                        .append(e.getMessage());
            }
        }
        if (menu.size() == 1 && menu.get(0) instanceof BootEntry.LocalBoot) {
            return new BootDecision.LocalBoot(reason.toString());
        }
        BootMenu offered = new BootMenu(choice.title(), menu, choice.standard().name(), choice.timeout());
        return new BootDecision.Netboot(offered, choice.standard().loader(), reason.toString());
    }

    private static String why(BootConfiguration.Match match) {
        String reason =
                "group '" + match.group().name() + "' (" + match.group().place().fileAndLine() + ")";
        if (match.rivals().isEmpty()) {
            return reason;
        }
        List<String> rivals = match.rivals().stream()
                .map(rival -> "'" + rival.name() + "' (" + rival.place().fileAndLine() + ")")
                .toList();
        return reason + ", the first by name of those that match as specifically (also " + String.join(", ", rivals)
                + ")";
    }

    private static String describe(Profile profile) {
        return "profile '" + profile.name() + "' (" + profile.place().fileAndLine() + ")";
    }
}
