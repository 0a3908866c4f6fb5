package io.slipway.boot.policy;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which clients a group is for: those that have, for each label, one of the values. A selector without labels is for
 * everybody.
 *
 * @param labels at least one value each
 */
public record Selector(Map<String, List<LabelPattern>> labels) {

    public Selector {
        Map<String, List<LabelPattern>> copy = new TreeMap<>();
        labels.forEach((label, values) -> copy.put(label, List.copyOf(values)));
        labels = Collections.unmodifiableMap(copy);
    }

    /**
     * How closely a client is described; the greater wins.
     *
     * @param labels how many labels matched
     * @param exact how many of them by a value without {@code *}
     */
    public record Specificity(int labels, int exact) implements Comparable<Specificity> {
        @Override
        public int compareTo(Specificity other) {
            int byLabels = Integer.compare(labels, other.labels);
            return byLabels != 0 ? byLabels : Integer.compare(exact, other.exact);
        }
    }

    /**
     * How closely this describes a client; empty when it is not for that client.
     *
     * @param client the client's labels, in their {@linkplain LabelPattern#canonical canonical} form
     */
    Optional<Specificity> match(Map<String, String> client) {
        int exact = 0;
        for (Map.Entry<String, List<LabelPattern>> label : labels.entrySet()) {
            String value = client.get(label.getKey());
            if (value == null || label.getValue().stream().noneMatch(pattern -> pattern.matches(value))) {
                return Optional.empty();
            }
            boolean exactly = label.getValue().stream().anyMatch(p -> p.isExact() && p.matches(value));
            exact += exactly ? 1 : 0;
        }
        return Optional.of(new Specificity(labels.size(), exact));
    }

    /** Whether both have the same labels, and for each a value that both spell alike: a client with these fits both. */
    boolean isTiedWith(Selector other) {
        return labels.keySet().equals(other.labels.keySet())
                && labels.keySet().stream()
                        .noneMatch(label -> Collections.disjoint(values(label), other.values(label)));
    }

    /** The values of a label, in their canonical form. */
    Set<String> values(String label) {
        return labels.get(label).stream().map(LabelPattern::canonical).collect(Collectors.toCollection(HashSet::new));
    }

    /** {@code arch=bios-x86|uefi-x64, mac=52:54:00:*}, or {@code everybody}. */
    @Override
    public String toString() {
        if (labels.isEmpty()) {
            return "everybody";
        }
        return labels.entrySet().stream()
                .map(label -> label.getKey() + "="
                        + label.getValue().stream().map(LabelPattern::toString).collect(Collectors.joining("|")))
                .collect(Collectors.joining(", "));
    }
}
