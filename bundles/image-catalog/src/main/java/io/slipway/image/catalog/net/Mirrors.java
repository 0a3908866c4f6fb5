package io.slipway.image.catalog.net;

import java.net.PasswordAuthentication;
import java.net.URI;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which addresses are fetched from elsewhere.
 *
 * @param prefixes each without a slash at its end, and what is asked instead
 */
public record Mirrors(Map<String, String> prefixes) {

    /** Nothing is fetched from elsewhere. */
    public static final Mirrors NONE = new Mirrors(Map.of());

    private static final String ARROW = "->";

    public Mirrors {
        prefixes = Map.copyOf(prefixes);
    }

    /**
     * Parses {@code https://deb.debian.org/debian -> http://mirror.local/debian, …}.
     *
     * @throws IllegalArgumentException what was expected
     */
    public static Mirrors parse(String text) {
        Map<String, String> prefixes = new LinkedHashMap<>();
        for (String pair : text.split(",")) {
            if (pair.isBlank()) {
                continue;
            }
            String[] sides = pair.split(ARROW, -1);
            if (sides.length != 2) {
                throw new IllegalArgumentException("ADDRESS -> ADDRESS, separated by commas");
            }
            String from = address(sides[0]);
            if (URI.create(from).getRawUserInfo() != null) {
                throw new IllegalArgumentException("no user and password before ->");
            }
            if (prefixes.putIfAbsent(from, address(sides[1])) != null) {
                throw new IllegalArgumentException("each address before -> once, and not " + from + " twice");
            }
        }
        return new Mirrors(prefixes);
    }

    /** Where an address is fetched from; the longest prefix counts, up to the end of one of its segments. */
    public URI of(URI address) {
        String text = address.toString();
        Optional<String> longest = prefixes.keySet().stream()
                .filter(prefix -> text.equals(prefix) || text.startsWith(prefix + "/"))
                .max(Comparator.comparingInt(String::length));
        return longest.map(prefix -> URI.create(prefixes.get(prefix) + text.substring(prefix.length())))
                .orElse(address);
    }

    /** Whether an address of a mirror has a user in it. */
    boolean haveLogins() {
        return prefixes.values().stream().anyMatch(to -> URI.create(to).getUserInfo() != null);
    }

    /** The user and password that stand in the address of a mirror on the same host and port. */
    Optional<PasswordAuthentication> login(URI asked) {
        return prefixes.values().stream()
                .map(URI::create)
                .filter(to -> Urls.isSameOrigin(to, asked))
                .flatMap(to -> Urls.login(to).stream())
                .findFirst();
    }

    /** Without what a mirror's user and password are. */
    @Override
    public String toString() {
        return "Mirrors of " + prefixes.keySet();
    }

    private static String address(String text) {
        String address = text.strip().replaceFirst("/+$", "");
        Optional<URI> url = Urls.parse(address);
        if (url.isEmpty() || url.get().getRawQuery() != null || url.get().getRawFragment() != null) {
            throw new IllegalArgumentException("addresses that begin with http:// or https:// on both sides of ->");
        }
        return address;
    }
}
