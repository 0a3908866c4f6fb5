package io.slipway.boot.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What files say without those that are refused. It serves only as long as no whole configuration ever did: after a
 * start with a broken file, machines of the others have their names, addresses and options all the same.
 *
 * @param hasAllGroups whether every group is in it: only then it is sure that none is missing which would have kept a
 *     machine from what another one has it boot, such as an installer
 */
record Remainder(BootConfiguration configuration, Set<String> refused, boolean hasAllGroups) {

    private static final String GROUPS = "groups";

    Remainder {
        Objects.requireNonNull(configuration, "configuration");
        refused = Set.copyOf(refused);
    }

    /**
     * @param files those that could be read
     * @param problems why they are refused together, or why others could not be read
     */
    static Remainder of(List<SourceFile> files, List<Problem> problems) {
        Set<String> refused = names(problems);
        List<SourceFile> left = new ArrayList<>(files);
        List<SourceFile> dropped = new ArrayList<>();
        Set<String> broken = refused;
        do {
            Set<String> going = broken;
            left.removeIf(file -> going.contains(file.name()) && dropped.add(file));
            try {
                // Of a file that could not be read nothing is known.
                boolean hasAllGroups =
                        dropped.size() == refused.size() && dropped.stream().noneMatch(Remainder::mayHaveGroups);
                return new Remainder(BootConfiguration.parse(left), refused, hasAllGroups);
            } catch (PolicyException e) {
                // Without a file others can be wrong, as when it had their profiles.
                broken = names(e.problems());
            }
        } while (refused.addAll(broken));
        return new Remainder(BootConfiguration.EMPTY, refused, false);
    }

    private static Set<String> names(Collection<Problem> problems) {
        Set<String> names = new HashSet<>();
        problems.forEach(problem -> names.add(problem.place().file()));
        return names;
    }

    /** A broken file may say anything: so the word is enough. */
    private static boolean mayHaveGroups(SourceFile file) {
        try {
            return file.text().contains(GROUPS);
        } catch (PolicyException e) {
            return true;
        }
    }
}
