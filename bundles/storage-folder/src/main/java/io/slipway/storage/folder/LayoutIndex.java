package io.slipway.storage.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.image.Digest;
import io.slipway.image.ImageRef;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The layout's {@code index.json} as of one moment (image-layout, "index.json file"). A tag is a descriptor with the
 * annotation {@value #REF_NAME}, whose value is the whole {@code name:tag}: that is what skopeo's {@code oci:} looks
 * up. Entries that are no tags of ours (other media types, names or digest algorithms) stay as they are, and are not
 * judged.
 */
final class LayoutIndex {

    static final String MEDIA_TYPE = "application/vnd.oci.image.index.v1+json";
    static final String REF_NAME = "org.opencontainers.image.ref.name";

    private static final String OUR_ALGORITHM = "sha256:";

    private final ObjectNode root;
    private final Map<ImageRef, Digest> tags;

    private LayoutIndex(ObjectNode root) throws IOException {
        this.root = root;
        Map<ImageRef, Digest> found = new TreeMap<>();
        for (JsonNode entry : root.path("manifests")) {
            Optional<ImageRef> ref = ref(entry);
            if (isManifest(entry)
                    && ref.isPresent()
                    && entry.path("digest").asText().startsWith(OUR_ALGORITHM)) {
                found.putIfAbsent(ref.get(), Descriptor.of(entry).digest());
            }
        }
        this.tags = Collections.unmodifiableMap(found);
    }

    static LayoutIndex empty() throws IOException {
        ObjectNode root = Json.MAPPER.createObjectNode();
        root.put("schemaVersion", 2);
        root.put("mediaType", MEDIA_TYPE);
        root.putArray("manifests");
        return new LayoutIndex(root);
    }

    /** @throws IOException says what is not as an OCI image index has it */
    static LayoutIndex parse(byte[] bytes) throws IOException {
        ObjectNode root = Json.object(bytes);
        if (root.path("schemaVersion").asInt() != 2 || !root.path("manifests").isArray()) {
            throw new IOException("this is no image index; expected schemaVersion 2 and manifests");
        }
        return new LayoutIndex(root);
    }

    Map<ImageRef, Digest> tags() {
        return tags;
    }

    /** This index with a tag set, or moved. */
    LayoutIndex with(ImageRef ref, Descriptor manifest, String artifactType) throws IOException {
        ObjectNode changed = entriesWithout(ref);
        ObjectNode entry = changed.withArray("manifests").addObject();
        entry.put("mediaType", manifest.mediaType());
        if (!artifactType.isEmpty()) {
            entry.put("artifactType", artifactType);
        }
        entry.put("digest", manifest.digest().toString());
        entry.put("size", manifest.size());
        entry.putObject("annotations").put(REF_NAME, ref.toString());
        return new LayoutIndex(changed);
    }

    LayoutIndex without(ImageRef ref) throws IOException {
        return new LayoutIndex(entriesWithout(ref));
    }

    byte[] bytes() throws IOException {
        return Json.bytes(root);
    }

    private ObjectNode entriesWithout(ImageRef ref) {
        ObjectNode changed = root.deepCopy();
        ArrayNode entries = changed.putArray("manifests");
        for (JsonNode entry : root.path("manifests")) {
            if (!isManifest(entry) || !ref(entry).equals(Optional.of(ref))) {
                entries.add(entry);
            }
        }
        return changed;
    }

    private static boolean isManifest(JsonNode entry) {
        return entry.path("mediaType").asText().equals(Manifest.MEDIA_TYPE);
    }

    /** The tag that an entry names; other tools also write names that are no references of ours. */
    private static Optional<ImageRef> ref(JsonNode entry) {
        try {
            return Optional.of(
                    ImageRef.parse(entry.path("annotations").path(REF_NAME).asText()));
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }
}
