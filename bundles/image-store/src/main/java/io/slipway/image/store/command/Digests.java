package io.slipway.image.store.command;

import io.slipway.image.Digest;
import io.slipway.image.ImageRef;
import io.slipway.image.ImageStore;
import io.slipway.image.TagMove;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** How people name an image in a command: by a tag, or by its digest or the begin of that. */
final class Digests {

    private static final int BRIEF = 12;
    private static final Pattern BEGIN = Pattern.compile("(?:sha256:)?([0-9a-f]{7,64})");

    private Digests() {}

    static String brief(Digest digest) {
        return digest.hex().substring(0, BRIEF);
    }

    /**
     * The manifest that is meant. A tag wins over a digest that begins in the same way.
     *
     * @param pinned images that may be named by digest though no tag has them
     */
    static Digest manifest(ImageStore store, String text, Set<Digest> pinned) throws IOException {
        Map<ImageRef, Digest> tags = store.tags();
        Optional<Digest> tagged = tag(text).map(tags::get);
        if (tagged.isPresent()) {
            return tagged.get();
        }
        var begin = BEGIN.matcher(text);
        if (!begin.matches()) {
            throw NoSuchImage.named(ImageRef.parse(text));
        }
        if (begin.group(1).length() == 64) {
            return new Digest(begin.group(1));
        }
        Map<String, Digest> found = new TreeMap<>();
        for (Map.Entry<ImageRef, Digest> tag : tags.entrySet()) {
            found.put(tag.getValue().hex(), tag.getValue());
            for (TagMove move : store.history(tag.getKey())) {
                move.manifest().ifPresent(digest -> found.put(digest.hex(), digest));
            }
        }
        pinned.forEach(digest -> found.put(digest.hex(), digest));
        found.keySet().removeIf(hex -> !hex.startsWith(begin.group(1)));
        if (found.size() != 1) {
            throw new IllegalArgumentException(
                    found.isEmpty()
                            ? "no image's digest begins with " + begin.group(1) + "; image:list and image:history show"
                                    + " those that are known"
                            : found.size() + " images' digests begin with " + begin.group(1) + "; give more of it");
        }
        return found.values().iterator().next();
    }

    private static Optional<ImageRef> tag(String text) {
        try {
            return Optional.of(ImageRef.parse(text));
        } catch (IllegalArgumentException noReference) {
            return Optional.empty();
        }
    }
}
