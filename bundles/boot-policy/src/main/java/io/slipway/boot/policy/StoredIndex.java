package io.slipway.boot.policy;

import io.slipway.boot.Machine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The machines of the state store by everything that only one of them can have. Two nodes can store machines that
 * exclude each other, so a claim may have several holders; the first by name has it, and the others are not served.
 * Every node comes to the same. Safe for use by many threads, of which one at a time changes it.
 */
final class StoredIndex {

    /** The holders of each claim, by name; mostly one. */
    private final Map<Object, List<Machine>> byClaim = new ConcurrentHashMap<>();

    private final Map<String, Machine> byName = new ConcurrentHashMap<>();

    /** Whether or not it is served. */
    Optional<Machine> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The first by name of those that have a claim. */
    Optional<Machine> find(Object claim) {
        List<Machine> holders = byClaim.get(claim);
        return holders == null ? Optional.empty() : Optional.of(holders.get(0));
    }

    /** In no order. */
    Collection<Machine> all() {
        return byName.values();
    }

    /** Why a machine of the store is not served, because another of the store is; empty when it is. */
    Optional<String> rival(Machine machine) {
        for (Object claim : Claims.of(machine)) {
            Optional<Machine> first = find(claim);
            if (first.isPresent() && !first.get().name().equals(machine.name())) {
                return Optional.of(described(claim, first.get()));
            }
        }
        return Optional.empty();
    }

    /** Why a machine cannot be stored beside the others; empty when it can. */
    Optional<String> obstacle(Machine machine) {
        for (Object claim : Claims.of(machine)) {
            for (Machine holder : byClaim.getOrDefault(claim, List.of())) {
                if (!holder.name().equals(machine.name())) {
                    return Optional.of(described(claim, holder));
                }
            }
        }
        return Optional.empty();
    }

    private static String described(Object claim, Machine holder) {
        return Claims.describe(claim) + " is that of machine '" + holder.name() + "'";
    }

    /** The machines that have a claim in common with this one, and it itself. */
    Set<Machine> neighbours(Machine machine) {
        Set<Machine> neighbours = new HashSet<>();
        Claims.of(machine).forEach(claim -> neighbours.addAll(byClaim.getOrDefault(claim, List.of())));
        return neighbours;
    }

    /** Puts a machine in place of the one of its name. Who looks meanwhile finds the one or the other. */
    void put(Machine machine) {
        Optional<Machine> before = Optional.ofNullable(byName.put(machine.name(), machine));
        List<Object> claims = Claims.of(machine);
        claims.forEach(claim ->
                byClaim.compute(claim, (same, holders) -> with(machine, holders == null ? List.of() : holders)));
        before.ifPresent(old -> Claims.of(old).stream()
                .filter(claim -> !claims.contains(claim))
                .forEach(claim -> drop(claim, old.name())));
    }

    void remove(String name) {
        Optional.ofNullable(byName.remove(name)).ifPresent(old -> Claims.of(old).forEach(claim -> drop(claim, name)));
    }

    private void drop(Object claim, String name) {
        byClaim.computeIfPresent(claim, (same, holders) -> {
            List<Machine> left = without(name, holders);
            return left.isEmpty() ? null : left;
        });
    }

    private static List<Machine> with(Machine machine, List<Machine> holders) {
        if (holders.isEmpty()) {
            return List.of(machine);
        }
        List<Machine> all = new ArrayList<>(without(machine.name(), holders));
        all.add(machine);
        all.sort(Comparator.comparing(Machine::name));
        return List.copyOf(all);
    }

    private static List<Machine> without(String name, List<Machine> holders) {
        return holders.stream().filter(holder -> !holder.name().equals(name)).toList();
    }
}
