package io.slipway.storage.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a registry's backend must know of an image manifest (image-spec, manifest.md).
 *
 * @param blobs the config and the layers, each once
 */
record Manifest(List<Descriptor> blobs) {

    static final String MEDIA_TYPE = "application/vnd.oci.image.manifest.v1+json";

    /** In bytes; a registry need not take a larger one (distribution-spec, "Pushing Manifests"). */
    static final int LARGEST = 4 * 1024 * 1024;

    /**
     * What a manifest is asked for with. The others are here because a registry that is not asked for what a tag names
     * may say that there is none, or make one up.
     */
    static final String ACCEPTED = MEDIA_TYPE
            + ", application/vnd.oci.image.index.v1+json"
            + ", application/vnd.docker.distribution.manifest.v2+json"
            + ", application/vnd.docker.distribution.manifest.list.v2+json";

    Manifest {
        blobs = List.copyOf(blobs);
    }

    /** @throws IOException says what is not as an OCI image manifest has it */
    static Manifest parse(byte[] bytes) throws IOException {
        ObjectNode root = Json.object(bytes);
        String mediaType = root.path("mediaType").asText(MEDIA_TYPE);
        if (!mediaType.equals(MEDIA_TYPE)) {
            throw new IOException("mediaType '" + Trouble.clean(mediaType) + "'; expected " + MEDIA_TYPE);
        }
        if (root.path("schemaVersion").asInt() != 2 || !root.path("layers").isArray()) {
            throw new IOException("this is no image manifest; expected schemaVersion 2, a config and layers");
        }
        Set<Descriptor> blobs = new LinkedHashSet<>();
        blobs.add(Descriptor.of(root.path("config")));
        for (JsonNode layer : root.path("layers")) {
            blobs.add(Descriptor.of(layer));
        }
        return new Manifest(List.copyOf(blobs));
    }
}
