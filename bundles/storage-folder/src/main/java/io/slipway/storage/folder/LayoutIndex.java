package io.slipway.storage.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.image.Digest;
import io.slipway.image.ImageRef;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The layout's {@code index.json} as of one moment (image-layout, "index.json file"). A tag is a descriptor with the
 * annotation {@value #REF_NAME}, whose value is the whole {@code name:tag}: that is what skopeo's {@code oci:} looks
 * up. Entries that are no tags of ours (other media types, names or digest algorithms) stay as they are, and are not
 * judged.
 *
 * <p>Each entry is kept as the bytes of its line, so that a tag's move in an index of ten thousand copies references and
 * formats one line.
 */
final class LayoutIndex {

    static final String MEDIA_TYPE = "application/vnd.oci.image.index.v1+json";
    static final String REF_NAME = "org.opencontainers.image.ref.name";

    private static final String OUR_ALGORITHM = "sha256:";
    private static final String ENTRIES = "manifests";

    /** What the index says beside its entries. */
    private final ObjectNode head;
    /** The lines by what tells them apart: the reference of a tag, the place of any other entry. In the file's order. */
    private final Map<Object, byte[]> lines;

    private final Map<ImageRef, Digest> tags;

    private LayoutIndex(ObjectNode head, Map<Object, byte[]> lines, Map<ImageRef, Digest> tags) {
        this.head = head;
        this.lines = lines;
        this.tags = tags;
    }

    static LayoutIndex empty() {
        ObjectNode head = Json.MAPPER.createObjectNode();
        head.put("schemaVersion", 2);
        head.put("mediaType", MEDIA_TYPE);
        return new LayoutIndex(head, new LinkedHashMap<>(), new HashMap<>());
    }

    /** @throws IOException says what is not as an OCI image index has it */
    static LayoutIndex parse(byte[] bytes) throws IOException {
        ObjectNode head = Json.object(bytes);
        if (head.path("schemaVersion").asInt() != 2 || !head.path(ENTRIES).isArray()) {
            throw new IOException("this is no image index; expected schemaVersion 2 and manifests");
        }
        Map<Object, byte[]> lines = new LinkedHashMap<>();
        Map<ImageRef, Digest> tags = new HashMap<>();
        for (JsonNode entry : head.remove(ENTRIES)) {
            Optional<ImageRef> ref = ref(entry).filter(name -> isManifest(entry));
            Object key = ref.isPresent() ? ref.get() : (Object) lines.size();
            // Of two entries with one name the first counts, as for skopeo; the other goes with the next write.
            if (lines.putIfAbsent(key, Json.MAPPER.writeValueAsBytes(entry)) == null
                    && ref.isPresent()
                    && entry.path("digest").asText().startsWith(OUR_ALGORITHM)) {
                tags.put(ref.get(), Descriptor.of(entry).digest());
            }
        }
        return new LayoutIndex(head, lines, tags);
    }

    Map<ImageRef, Digest> tags() {
        return Collections.unmodifiableMap(tags);
    }

    /** This index with a tag set, or moved. */
    LayoutIndex with(ImageRef ref, Descriptor manifest, String artifactType) throws IOException {
        ObjectNode entry = Json.MAPPER.createObjectNode();
        entry.put("mediaType", manifest.mediaType());
        if (!artifactType.isEmpty()) {
            entry.put("artifactType", artifactType);
        }
        entry.put("digest", manifest.digest().toString());
        entry.put("size", manifest.size());
        entry.putObject("annotations").put(REF_NAME, ref.toString());
        LayoutIndex changed = copy();
        changed.lines.put(ref, Json.MAPPER.writeValueAsBytes(entry));
        changed.tags.put(ref, manifest.digest());
        return changed;
    }

    LayoutIndex without(ImageRef ref) {
        LayoutIndex changed = copy();
        changed.lines.remove(ref);
        changed.tags.remove(ref);
        return changed;
    }

    /** One entry a line. */
    byte[] bytes() throws IOException {
        byte[] open = Json.MAPPER.writeValueAsBytes(head);
        int length = open.length + ENTRIES.length() + 16;
        for (byte[] line : lines.values()) {
            length += line.length + 2;
        }
        ByteArrayOutputStream json = new ByteArrayOutputStream(length);
        json.write(open, 0, open.length - 1);
        json.writeBytes((",\"" + ENTRIES + "\":[").getBytes(StandardCharsets.US_ASCII));
        String between = "\n";
        for (byte[] line : lines.values()) {
            json.writeBytes(between.getBytes(StandardCharsets.US_ASCII));
            json.writeBytes(line);
            between = ",\n";
        }
        json.writeBytes("\n]}\n".getBytes(StandardCharsets.US_ASCII));
        return json.toByteArray();
    }

    private LayoutIndex copy() {
        return new LayoutIndex(head, new LinkedHashMap<>(lines), new HashMap<>(tags));
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
