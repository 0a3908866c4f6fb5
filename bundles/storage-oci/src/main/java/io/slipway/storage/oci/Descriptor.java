package io.slipway.storage.oci;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.image.Digest;
import java.io.IOException;

/**
 * What points to a blob (image-spec, descriptor.md).
 *
 * @param size of the blob, in bytes
 */
record Descriptor(Digest digest, long size) {

    /** @throws IOException when a required property is missing or broken, or the digest is not SHA-256 */
    static Descriptor of(JsonNode node) throws IOException {
        JsonNode size = node.path("size");
        if (!size.canConvertToLong() || !size.isIntegralNumber() || size.longValue() < 0) {
            throw new IOException("a descriptor's size is '" + size.asText() + "'; expected a number of bytes");
        }
        try {
            return new Descriptor(Digest.parse(node.path("digest").asText()), size.longValue());
        } catch (IllegalArgumentException e) {
            throw new IOException("a descriptor's " + e.getMessage(), e);
        }
    }
}
