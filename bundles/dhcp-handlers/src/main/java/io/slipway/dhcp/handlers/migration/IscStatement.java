package io.slipway.dhcp.handlers.migration;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A statement of ISC dhcpd's language.
 *
 * @param words up to its semicolon or brace
 * @param block what stands in its braces
 */
record IscStatement(Place place, List<IscToken> words, Optional<List<IscStatement>> block) {

    IscStatement {
        Objects.requireNonNull(place, "place");
        words = List.copyOf(words);
        block = block.map(List::copyOf);
    }

    /** A word; empty when there are fewer. */
    String word(int index) {
        return index < words.size() ? words.get(index).text() : "";
    }

    /** Whether it begins with these words, in any case. */
    boolean begins(String... expected) {
        for (int i = 0; i < expected.length; i++) {
            if (!word(i).equalsIgnoreCase(expected[i])) {
                return false;
            }
        }
        return true;
    }

    /** The words from an index on. */
    List<IscToken> from(int index) {
        return words.subList(Math.min(index, words.size()), words.size());
    }

    /** As it stands in the file, in one line. */
    @Override
    public String toString() {
        String text = words.stream().map(IscToken::toString).collect(Collectors.joining(" "));
        return (text.length() > 100 ? text.substring(0, 100) + "…" : text)
                .replaceAll(" ([,)])", "$1")
                .replace("( ", "(");
    }
}
