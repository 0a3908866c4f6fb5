package io.slipway.image.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.slipway.image.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Every blob that a manifest refers to: its config and all layers, also those that are no boot files. */
final class References {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private References() {}

    /** @throws IOException when one of them is not told by a SHA-256 digest */
    static List<Digest> of(byte[] manifest) throws IOException {
        JsonNode root = MAPPER.readTree(manifest);
        List<Digest> digests = new ArrayList<>();
        try {
            digests.add(Digest.parse(root.path("config").path("digest").asText()));
            for (JsonNode layer : root.path("layers")) {
                digests.add(Digest.parse(layer.path("digest").asText()));
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
        return digests;
    }
}
