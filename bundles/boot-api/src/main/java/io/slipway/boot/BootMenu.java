package io.slipway.boot;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What the person at the console can choose from.
 *
 * @param entries at least one; their ids differ
 * @param defaultId the id of the entry that boots by itself
 * @param timeout how long the menu waits before the default boots; zero boots it at once, without a menu
 */
public record BootMenu(String title, List<BootEntry> entries, String defaultId, Duration timeout) {

    public BootMenu {
        BootEntry.requireOneLine("menu title", title);
        entries = List.copyOf(entries);
        Objects.requireNonNull(timeout, "timeout");
        Set<String> ids = new HashSet<>();
        for (BootEntry entry : entries) {
            if (!ids.add(entry.id())) {
                throw new IllegalArgumentException("menu '" + title + "' has two entries '" + entry.id() + "'");
            }
        }
        if (!ids.contains(defaultId)) {
            throw new IllegalArgumentException("menu '" + title + "' has no entry '" + defaultId + "', its default");
        }
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("menu '" + title + "' has timeout " + timeout + "; expected 0 or more");
        }
    }

    /** A menu of one entry that boots at once. */
    public static BootMenu of(BootEntry entry) {
        return new BootMenu(entry.label(), List.of(entry), entry.id(), Duration.ZERO);
    }

    /** The entry that boots by itself. */
    public BootEntry defaultEntry() {
        return entries.stream()
                .filter(entry -> entry.id().equals(defaultId))
                .findFirst()
                .orElseThrow();
    }
}
