package io.slipway.dhcp.handlers.migration;

/** Names that other servers take and that must be parts of file names or of keys here. */
final class Names {

    private Names() {}

    /** Letters, digits and {@code . _ -}, beginning with one of the former, at most 60. */
    static String word(String name) {
        String word = name.strip().replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[._-]+|[._-]+$", "");
        if (word.isEmpty()) {
            return "unnamed";
        }
        return word.length() > 60 ? word.substring(0, 60) : word;
    }
}
