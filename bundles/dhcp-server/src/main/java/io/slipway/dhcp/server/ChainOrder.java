package io.slipway.dhcp.server;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The order of the handlers as it is configured: {@code allow, server-identifier, *, address, boot?}.
 *
 * @param places in order
 */
record ChainOrder(List<Place> places) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    /** One place in the order. */
    sealed interface Place {

        /**
         * Of one handler.
         *
         * @param isMandatory whether nothing is answered without it
         */
        record Named(String handler, boolean isMandatory) implements Place {}

        /** {@code *}: of all that the order does not name. */
        record Others() implements Place {}
    }

    ChainOrder {
        places = List.copyOf(places);
        Set<Object> seen = new HashSet<>();
        for (Place place : places) {
            String name = place instanceof Place.Named named ? named.handler() : "*";
            if (!seen.add(name)) {
                throw Settings.refused("chain", "…, " + name + ", …", "each name once; " + name + " is there twice");
            }
        }
    }

    static ChainOrder parse(String text) {
        List<Place> places = new ArrayList<>();
        for (String word : text.split(",", -1)) {
            places.add(place(word.strip(), text));
        }
        return new ChainOrder(places);
    }

    private static Place place(String word, String text) {
        if (word.equals("*")) {
            return new Place.Others();
        }
        boolean isOptional = word.endsWith("?");
        String name = isOptional ? word.substring(0, word.length() - 1).strip() : word;
        if (!NAME.matcher(name).matches()) {
            throw Settings.refused(
                    "chain",
                    text,
                    "names of handlers separated by commas, with ? after one that may be absent; '" + word
                            + "' is no name");
        }
        return new Place.Named(name, !isOptional);
    }

    boolean names(String handler) {
        return places.stream()
                .anyMatch(place ->
                        place instanceof Place.Named named && named.handler().equals(handler));
    }
}
