package io.slipway.storage.s3;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.image.Digest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an image manifest refers to (image-spec 1.1, manifest.md).
 *
 * @param blobs the config and the layers: size in bytes by digest
 */
record Manifest(Map<Digest, Long> blobs) {

    static final String MEDIA_TYPE = "application/vnd.oci.image.manifest.v1+json";

    Manifest {
        blobs = Map.copyOf(blobs);
    }

    /** @throws IOException says what is not as an OCI image manifest has it */
    static Manifest parse(byte[] bytes) throws IOException {
        ObjectNode root = Json.parse(bytes);
        String mediaType = root.path("mediaType").asText(MEDIA_TYPE);
        if (!mediaType.equals(MEDIA_TYPE)) {
            throw new IOException("mediaType '" + mediaType + "'; expected " + MEDIA_TYPE);
        }
        if (root.path("schemaVersion").asInt() != 2 || !root.path("layers").isArray()) {
            throw new IOException("this is no image manifest; expected schemaVersion 2, a config and layers");
        }
        Map<Digest, Long> blobs = new LinkedHashMap<>();
        add(blobs, root.path("config"));
        for (JsonNode layer : root.path("layers")) {
            add(blobs, layer);
        }
        return new Manifest(blobs);
    }

    private static void add(Map<Digest, Long> blobs, JsonNode descriptor) throws IOException {
        JsonNode size = descriptor.path("size");
        if (!size.canConvertToLong() || !size.isIntegralNumber() || size.longValue() < 0) {
            throw new IOException("a descriptor's size is '" + size.asText() + "'; expected a number of bytes");
        }
        Digest digest = Json.digest(descriptor);
        Long before = blobs.put(digest, size.longValue());
        if (before != null && before != size.longValue()) {
            throw new IOException("two descriptors of " + digest + " differ in size; expected the same");
        }
    }
}
