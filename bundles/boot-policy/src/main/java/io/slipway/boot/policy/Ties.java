package io.slipway.boot.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds groups between which no client's labels could decide. */
final class Ties {

    /** Groups that can only be tied when they share one of these keys: spares comparing each with each. */
    private record Key(Set<String> labels, String value) {}

    private final Map<Key, List<Group>> earlier = new HashMap<>();

    private Ties() {}

    /** One problem for each group that is tied with an earlier one. */
    static List<Problem> in(List<Group> groups) {
        Ties ties = new Ties();
        List<Problem> problems = new ArrayList<>();
        for (Group group : groups) {
            ties.add(group).ifPresent(rival -> problems.add(problem(group, rival)));
        }
        return problems;
    }

    private Optional<Group> add(Group group) {
        Optional<Group> rival = Optional.empty();
        for (Key key : keys(group.selector())) {
            List<Group> candidates = earlier.computeIfAbsent(key, k -> new ArrayList<>());
            rival = rival.or(() -> candidates.stream()
                    .filter(candidate -> candidate.selector().isTiedWith(group.selector()))
                    .findFirst());
            candidates.add(group);
        }
        return rival;
    }

    private static List<Key> keys(Selector selector) {
        Set<String> labels = selector.labels().keySet();
        Optional<String> telling = List.of("mac", "uuid", MachineDirectory.LABEL).stream()
                .filter(labels::contains)
                .findFirst()
                .or(() -> labels.stream().findFirst());
        return telling.map(label -> selector.values(label).stream()
                        .map(value -> new Key(labels, value))
                        .toList())
                .orElseGet(() -> List.of(new Key(labels, "")));
    }

    private static Problem problem(Group later, Group earlier) {
        return new Problem(
                later.place(),
                "group '" + later.name() + "' matches the same machines as '" + earlier.name() + "' ("
                        + earlier.place().fileAndLine() + "): " + later.selector() + "; tell them apart by a label");
    }
}
