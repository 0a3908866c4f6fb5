package io.slipway.storage.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the layout must know of an image manifest (image-spec, manifest.md).
 *
 * @param artifactType empty when the manifest names none
 * @param blobs the config and the layers
 */
record Manifest(String artifactType, List<Descriptor> blobs) {

    static final String MEDIA_TYPE = "application/vnd.oci.image.manifest.v1+json";

    Manifest {
        blobs = List.copyOf(blobs);
    }

    /** @throws IOException says what is not as an OCI image manifest has it */
    static Manifest parse(byte[] bytes) throws IOException {
        ObjectNode root = Json.object(bytes);
        String mediaType = root.path("mediaType").asText(MEDIA_TYPE);
        if (!mediaType.equals(MEDIA_TYPE)) {
            throw new IOException("mediaType '" + mediaType + "'; expected " + MEDIA_TYPE);
        }
        if (root.path("schemaVersion").asInt() != 2 || !root.path("layers").isArray()) {
            throw new IOException("this is no image manifest; expected schemaVersion 2, a config and layers");
        }
        List<Descriptor> blobs = new ArrayList<>();
        blobs.add(Descriptor.of(root.path("config")));
        for (JsonNode layer : root.path("layers")) {
            blobs.add(Descriptor.of(layer));
        }
        return new Manifest(root.path("artifactType").asText(), blobs);
    }
}
