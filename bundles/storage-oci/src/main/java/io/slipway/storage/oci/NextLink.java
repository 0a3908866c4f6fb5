package io.slipway.storage.oci;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where the next page of a list is (RFC 8288, {@code Link} with {@code rel="next"}; distribution-spec, "Pagination"). */
final class NextLink {

    /** What is longer is no link. In characters. */
    private static final int LONGEST = 16_384;

    private NextLink() {}

    /** The target of the first such link, as it stands there. What is not legible is no link. */
    static Optional<String> in(List<String> fields) {
        for (String field : fields) {
            Optional<String> target = field.length() > LONGEST ? Optional.empty() : next(new FieldText(field));
            if (target.isPresent()) {
                return target;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> next(FieldText text) {
        while (text.skip(" \t,")) {
            if (!text.accept('<')) {
                return Optional.empty();
            }
            Optional<String> target = text.upTo('>');
            if (target.isEmpty()) {
                return Optional.empty();
            }
            if (isNext(text)) {
                return target;
            }
        }
        return Optional.empty();
    }

    /** Reads the link's parameters; of several {@code rel} the first counts (RFC 8288 section 3.3). */
    private static boolean isNext(FieldText text) {
        Optional<String> relation = Optional.empty();
        while (text.skip(" \t") && text.accept(';')) {
            text.skipSpaces();
            String name = text.token();
            text.skipSpaces();
            Optional<String> value = Optional.empty();
            if (text.accept('=')) {
                text.skipSpaces();
                value = text.tokenOrQuoted();
            }
            if (name.equalsIgnoreCase("rel") && relation.isEmpty()) {
                relation = value;
            }
        }
        return relation.stream()
                .flatMap(names -> Arrays.stream(names.toLowerCase(Locale.ROOT).split("[ \t]+")))
                .anyMatch(name -> name.equals("next"));
    }
}
