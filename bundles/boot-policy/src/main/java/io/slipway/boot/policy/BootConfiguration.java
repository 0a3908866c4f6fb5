package io.slipway.boot.policy;

import io.slipway.boot.BootClient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What all files of the folder say together. Immutable.
 *
 * @param profiles by name
 * @param groups in the order of their names
 * @param machines that the files define
 * @param files how many files it comes from
 */
public record BootConfiguration(Map<String, Profile> profiles, List<Group> groups, FileMachines machines, int files) {

    static final BootConfiguration EMPTY = new BootConfiguration(Map.of(), List.of(), FileMachines.NONE, 0);

    public BootConfiguration {
        profiles = Collections.unmodifiableMap(new TreeMap<>(profiles));
        groups = groups.stream().sorted(Comparator.comparing(Group::name)).toList();
    }

    /** @throws PolicyException with every problem that was found; then none of it counts */
    static BootConfiguration parse(List<SourceFile> files) throws PolicyException {
        return new ConfigurationReader(new KnownOptions()).read(files);
    }

    /**
     * The group that counts for a client.
     *
     * @param rivals further groups that match as specifically; the first name won
     */
    public record Match(Group group, List<Group> rivals) {}

    Optional<Match> match(BootClient client) {
        Map<String, String> labels = new HashMap<>();
        client.labels().forEach((label, value) -> labels.put(label, LabelPattern.canonical(label, value)));
        List<Group> best = new ArrayList<>();
        Optional<Selector.Specificity> highest = Optional.empty();
        for (Group group : groups) {
            Optional<Selector.Specificity> specificity = group.selector().match(labels);
            if (specificity.isPresent()) {
                int order = highest.map(specificity.get()::compareTo).orElse(1);
                if (order > 0) {
                    best.clear();
                    highest = specificity;
                }
                if (order >= 0) {
                    best.add(group);
                }
            }
        }
        return best.isEmpty()
                ? Optional.empty()
                : Optional.of(new Match(best.get(0), List.copyOf(best.subList(1, best.size()))));
    }
}
