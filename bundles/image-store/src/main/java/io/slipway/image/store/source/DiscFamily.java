package io.slipway.image.store.source;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One kind of disc: what tells it, and how it boots from the network.
 *
 * @param id its name in the file of families
 * @param markers all that are not optional must be there
 * @param description a pattern with {@code ${group}} of the markers, and {@code ${label}}
 * @param boots of which the first counts that is on the disc; when there are any, one must be
 * @param files handed over beside, as far as they are on the disc
 * @param arguments of the kernel, a pattern with {@code ${image}}, {@code ${iso}} and {@code ${*}}; empty when the disc
 *     cannot boot from the network, or nobody knows how
 * @param note for people; may be empty
 */
record DiscFamily(
        String id,
        List<Marker> markers,
        String description,
        List<Boot> boots,
        List<Extra> files,
        String arguments,
        String note) {

    /** What a description's and the arguments' values are put in for. */
    static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)\\}");

    private static final Pattern GROUP = Pattern.compile("\\(\\?<([a-zA-Z][a-zA-Z0-9]*)>");

    DiscFamily {
        markers = List.copyOf(markers);
        boots = List.copyOf(boots);
        files = List.copyOf(files);
    }

    /**
     * What tells a disc.
     *
     * @param files any of them must be there; none when the label is looked at
     * @param text what must be found in that file or in the label; its named groups are used in the description
     * @param optional whether it only adds to the description
     */
    record Marker(List<String> files, Optional<Pattern> text, boolean optional) {
        Marker {
            files = List.copyOf(files);
        }

        boolean ofLabel() {
            return files.isEmpty();
        }

        /** The names of the text's groups, which Java 17 does not tell. */
        List<String> groups() {
            return text.stream()
                    .flatMap(pattern -> GROUP.matcher(pattern.pattern()).results())
                    .map(found -> found.group(1))
                    .toList();
        }
    }

    /**
     * A kernel and its initrds. One {@code *} in the kernel's name stands for any text without a slash, and is the same
     * text in the initrds.
     */
    record Boot(String kernel, List<String> initrds) {
        Boot {
            initrds = List.copyOf(initrds);
        }
    }

    /** @param paths of which the first counts that is on the disc */
    record Extra(List<String> paths, String role) {
        Extra {
            paths = List.copyOf(paths);
        }
    }
}
