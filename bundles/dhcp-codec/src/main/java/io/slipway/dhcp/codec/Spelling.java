package io.slipway.dhcp.codec;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What somebody may have meant who wrote a name that does not exist. */
public final class Spelling {

    private Spelling() {}

    /**
     * The known name with the fewest letters added, left out, changed or swapped; of several, the one that begins most
     * alike. Empty when none is near.
     */
    public static Optional<String> nearest(String name, Collection<String> known) {
        String written = name.toLowerCase(Locale.ROOT);
        int most = Math.max(2, name.length() / 3);
        return known.stream()
                .filter(candidate -> distance(written, candidate.toLowerCase(Locale.ROOT)) <= most)
                .min(Comparator.comparingInt(
                                (String candidate) -> distance(written, candidate.toLowerCase(Locale.ROOT)))
                        .thenComparingInt(candidate -> -alike(written, candidate.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static int alike(String one, String other) {
        int length = 0;
        while (length < Math.min(one.length(), other.length()) && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return length;
    }

    /** Damerau's and Levenshtein's, with swaps of neighbours only. */
    static int distance(String from, String to) {
        int[][] steps = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                steps[i][j] = i == 0 || j == 0 ? i + j : step(steps, from, to, i, j);
            }
        }
        return steps[from.length()][to.length()];
    }

    private static int step(int[][] steps, String from, String to, int i, int j) {
        int changed = steps[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int least = Math.min(changed, Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
        boolean isSwap =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return isSwap ? Math.min(least, steps[i - 2][j - 2] + 1) : least;
    }
}
