package io.slipway.boot.policy;

import java.util.Collection;
import java.util.Comparator;

/** Finds the word that was probably meant. */
final class Nearest {

    /** Words that differ in more letters are other words. */
    private static final int MAX_DISTANCE = 2;

    private static final int MAX_LENGTH = 64;

    private Nearest() {}

    /** {@code "; did you mean 'x'?"}, or else {@code "; expected one of …"}. */
    static String suggestion(String word, Collection<String> known) {
        return known.stream()
                .filter(candidate -> isNear(word, candidate))
                .min(Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .map(candidate -> "; did you mean '" + candidate + "'?")
                .orElseGet(() -> known.isEmpty() ? "" : "; expected one of " + list(known));
    }

    private static String list(Collection<String> known) {
        String all = String.join(", ", known.stream().sorted().limit(12).toList());
        return known.size() > 12 ? all + ", …" : all;
    }

    private static boolean isNear(String word, String candidate) {
        if (word.length() > MAX_LENGTH) {
            return false;
        }
        int distance = distance(word, candidate);
        return distance <= MAX_DISTANCE && distance < Math.min(word.length(), candidate.length());
    }

    /** Levenshtein's distance, in characters. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j - 1], row[j]));
            }
        }
        return row[b.length()];
    }
}
