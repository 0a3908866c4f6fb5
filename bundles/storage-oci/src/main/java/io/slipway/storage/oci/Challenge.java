package io.slipway.storage.oci;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a server wants to know of who asks (RFC 9110 section 11.6.1, {@code WWW-Authenticate}).
 *
 * @param scheme in lower case, for example {@code bearer}
 * @param parameters by their names in lower case; the first of each name counts
 */
record Challenge(String scheme, Map<String, String> parameters) {

    /** What is longer is cut: no server has that much to say. In characters. */
    private static final int LONGEST = 16_384;

    Challenge {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** Those of all header fields, in order. What is not legible ends the field; what was before it counts. */
    static List<Challenge> parse(List<String> fields) {
        List<Challenge> all = new ArrayList<>();
        for (String field : fields) {
            all.addAll(new Reader(field.substring(0, Math.min(field.length(), LONGEST))).read());
        }
        return all;
    }

    /** Reads one field. Commas are between challenges and between parameters: a scheme is told by what follows it. */
    private static final class Reader {

        private final FieldText text;
        private final List<Challenge> found = new ArrayList<>();
        private String scheme = "";
        private Map<String, String> parameters = new LinkedHashMap<>();

        Reader(String field) {
            this.text = new FieldText(field);
        }

        List<Challenge> read() {
            while (text.skip(" \t,") && element()) {
                // element() has gone on
            }
            finish();
            return found;
        }

        private boolean element() {
            String token = text.token();
            if (token.isEmpty()) {
                return false;
            }
            boolean isSpaced = text.skipSpaces();
            if (!scheme.isEmpty() && text.accept('=')) {
                text.skipSpaces();
                Optional<String> value = text.tokenOrQuoted();
                value.ifPresent(some -> parameters.putIfAbsent(token.toLowerCase(Locale.ROOT), some));
                return value.isPresent();
            }
            finish();
            scheme = token.toLowerCase(Locale.ROOT);
            if (isSpaced) {
                text.skipToken68();
            }
            return true;
        }

        private void finish() {
            if (!scheme.isEmpty()) {
                found.add(new Challenge(scheme, parameters));
                parameters = new LinkedHashMap<>();
            }
        }
    }
}
