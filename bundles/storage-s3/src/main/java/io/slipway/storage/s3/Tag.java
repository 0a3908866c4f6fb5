package io.slipway.storage.s3;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.image.Digest;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;

/**
 * What the object of a tag says.
 *
 * @param manifest that the tag names
 * @param etag of the object: while that is the same, so is what it says; empty when the store names none
 */
record Tag(Digest manifest, String etag) {

    /** In bytes. Ours have about 200. */
    static final int LONGEST = 64 * 1024;

    Tag {
        Objects.requireNonNull(manifest, "manifest");
        Objects.requireNonNull(etag, "etag");
    }

    /** @throws IOException says what is not as a tag's object has it */
    static Tag parse(byte[] bytes, String etag) throws IOException {
        return new Tag(Json.digest(Json.parse(bytes)), etag);
    }

    /**
     * An object that names a manifest, as an OCI descriptor (image-spec 1.1, descriptor.md) with a time.
     *
     * @param size of the manifest, in bytes
     */
    static byte[] object(Digest manifest, long size, Instant time) throws IOException {
        ObjectNode node = Json.create();
        node.put("mediaType", Manifest.MEDIA_TYPE);
        node.put("digest", manifest.toString());
        node.put("size", size);
        node.put("time", time.toString());
        return Json.bytes(node);
    }

    /** As {@link TagFile} keeps it. */
    static Tag of(JsonNode node) throws IOException {
        return new Tag(Json.digest(node), node.path("etag").asText());
    }

    void writeTo(ObjectNode node) {
        node.put("digest", manifest.toString());
        node.put("etag", etag);
    }

    /** Whether an object with this etag says the same. */
    boolean isStill(String now) {
        return !etag.isEmpty() && etag.equals(now);
    }
}
