package io.slipway.disc.codec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The names in one directory. */
final class Directory {

    private static final Comparator<DiscName> BY_NAME = Comparator.comparing(DiscName::name);
    private static final Comparator<DiscName> WITHOUT_CASE =
            Comparator.comparing(DiscName::name, String.CASE_INSENSITIVE_ORDER);

    private final List<DiscName> names;
    /** Sorted when first needed, which is rarely; by two threads at once does no harm. */
    private volatile List<DiscName> withoutCase = List.of();

    private Directory(List<DiscName> names) {
        this.names = names;
    }

    /** Sorted; each name is there once. */
    List<DiscName> names() {
        return names;
    }

    /** This very name, or the only one that differs in nothing but case. */
    Optional<DiscName> find(String name) {
        DiscName wanted = new DiscName(name, 0);
        int exact = Collections.binarySearch(names, wanted, BY_NAME);
        return exact >= 0 ? Optional.of(names.get(exact)) : findWithoutCase(wanted);
    }

    private Optional<DiscName> findWithoutCase(DiscName wanted) {
        if (withoutCase.size() != names.size()) {
            withoutCase = names.stream().sorted(WITHOUT_CASE).toList();
        }
        List<DiscName> sorted = withoutCase;
        int found = Collections.binarySearch(sorted, wanted, WITHOUT_CASE);
        boolean alone = found >= 0
                && (found == 0 || WITHOUT_CASE.compare(sorted.get(found - 1), wanted) != 0)
                && (found == sorted.size() - 1 || WITHOUT_CASE.compare(sorted.get(found + 1), wanted) != 0);
        return alone ? Optional.of(sorted.get(found)) : Optional.empty();
    }

    /** Takes the names of a directory as they are read. */
    static final class Builder {

        private final DiscReading reading;
        private final List<DiscName> names = new ArrayList<>();

        Builder(DiscReading reading) {
            this.reading = reading;
        }

        /**
         * @param at as in {@link DiscName}
         * @param offset of what bears the name, for messages
         * @throws IOException the name is none, or there are too many
         */
        void add(String name, long at, long offset) throws IOException {
            if (name.isEmpty()
                    || name.equals(".")
                    || name.equals("..")
                    || name.indexOf('/') >= 0
                    || name.indexOf('\0') >= 0) {
                throw reading.damaged(
                        offset,
                        "a file is named " + DiscReading.shown(name)
                                + "; expected a name that is not empty, . or .. and has no slash and no NUL");
            }
            if (names.size() == Limits.DIRECTORY_NAMES) {
                throw reading.refused(
                        "has a directory of more than " + Limits.DIRECTORY_NAMES + " names, up to byte " + offset);
            }
            names.add(new DiscName(name, at));
        }

        /** Of names that are there twice the first one counts: ISO 9660 has the newest version of a file first. */
        Directory build() {
            names.sort(BY_NAME);
            List<DiscName> once = new ArrayList<>(names.size());
            for (DiscName name : names) {
                if (once.isEmpty() || !once.get(once.size() - 1).name().equals(name.name())) {
                    once.add(name);
                }
            }
            return new Directory(Collections.unmodifiableList(once));
        }
    }
}
