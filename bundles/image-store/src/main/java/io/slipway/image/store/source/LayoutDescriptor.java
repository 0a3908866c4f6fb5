package io.slipway.image.store.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.image.Digest;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What points to a blob (image-spec 1.1, descriptor.md).
 *
 * @param size of the blob, in bytes
 * @param platform {@code architecture} or {@code architecture-variant} of an index's entry; empty when it is not said
 */
record LayoutDescriptor(String mediaType, Digest digest, long size, Map<String, String> annotations, String platform) {

    static final String INDEX = "application/vnd.oci.image.index.v1+json";
    static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    LayoutDescriptor {
        annotations = Map.copyOf(annotations);
    }

    /** @throws IOException a required property is missing or broken, or the digest is not SHA-256 */
    static LayoutDescriptor of(ObjectNode node) throws IOException {
        JsonNode size = node.path("size");
        if (!size.isIntegralNumber() || !size.canConvertToLong() || size.longValue() < 0) {
            throw new IOException(
                    "a descriptor's size is '" + Names.shown(size.asText()) + "'; expected a number of bytes");
        }
        String mediaType = StrictJson.text(node, "mediaType").orElse("");
        if (mediaType.isEmpty()) {
            throw new IOException("a descriptor has no mediaType");
        }
        return new LayoutDescriptor(
                mediaType, digest(node), size.longValue(), annotations(node), platform(node.path("platform")));
    }

    /** Its annotations, or those of a manifest: strings by name (image-spec 1.1, annotations.md, "Rules"). */
    static Map<String, String> annotations(ObjectNode node) throws IOException {
        JsonNode annotations = node.path("annotations");
        if (annotations.isMissingNode() || annotations.isNull()) {
            return Map.of();
        }
        if (!annotations.isObject()) {
            throw new IOException("the key 'annotations' has no object of strings");
        }
        Map<String, String> found = new HashMap<>();
        for (var annotation : annotations.properties()) {
            if (!annotation.getValue().isTextual()) {
                throw new IOException("the annotation '" + Names.shown(annotation.getKey()) + "' is no string");
            }
            found.put(annotation.getKey(), annotation.getValue().textValue());
        }
        return found;
    }

    private static Digest digest(ObjectNode node) throws IOException {
        String digest = StrictJson.text(node, "digest").orElse("");
        try {
            return Digest.parse(digest);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "a descriptor's digest is '" + Names.shown(digest)
                            + "'; expected sha256: and 64 hexadecimal digits, the only algorithm that is supported",
                    e);
        }
    }

    private static String platform(JsonNode platform) throws IOException {
        if (!(platform instanceof ObjectNode object)) {
            return "";
        }
        String architecture = StrictJson.text(object, "architecture").orElse("");
        Optional<String> variant = StrictJson.text(object, "variant");
        return variant.isEmpty() ? architecture : architecture + "-" + variant.get();
    }
}
