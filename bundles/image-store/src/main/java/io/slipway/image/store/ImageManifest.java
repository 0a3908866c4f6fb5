package io.slipway.image.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.image.Digest;
import io.slipway.image.ImageFile;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An image as an OCI artifact (image-spec 1.1, manifest.md, "Guidelines for Artifact Usage"): the empty config, and one
 * layer for each boot file. The same files give the same bytes.
 */
final class ImageManifest {

    static final String MEDIA_TYPE = "application/vnd.oci.image.manifest.v1+json";
    static final String ARTIFACT_TYPE = "application/vnd.slipway.boot.image.v1";
    static final String TITLE = "org.opencontainers.image.title";
    static final String CREATED = "org.opencontainers.image.created";
    static final String ROLE = "io.slipway.role";

    /** In bytes; OCI registries need not take a larger one (distribution-spec, "Pushing Manifests"). */
    static final int LARGEST = 4 * 1024 * 1024;

    /** The blob that the config of every artifact refers to (manifest.md, "Guidance for an Empty Descriptor"). */
    static final String EMPTY_CONFIG = "{}";

    private static final Digest EMPTY_CONFIG_DIGEST =
            new Digest("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private ImageManifest() {}

    /** @param annotations said of the image, beside when it was created */
    static byte[] encode(Instant created, Map<String, String> annotations, List<ImageFile> files) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("schemaVersion", 2);
        root.put("mediaType", MEDIA_TYPE);
        root.put("artifactType", ARTIFACT_TYPE);
        describe(
                root.putObject("config"),
                "application/vnd.oci.empty.v1+json",
                EMPTY_CONFIG_DIGEST,
                EMPTY_CONFIG.length());
        var layers = root.putArray("layers");
        files.stream().sorted(Comparator.comparing(ImageFile::path)).forEach(file -> {
            ObjectNode layer = layers.addObject();
            describe(layer, mediaType(file), file.digest(), file.size());
            layer.putObject("annotations").put(TITLE, file.path()).put(ROLE, file.role());
        });
        ObjectNode said = root.putObject("annotations");
        new TreeMap<>(annotations).forEach(said::put);
        said.put(CREATED, created.toString());
        return bytes(root);
    }

    /** As UEFI HTTP Boot knows them (UEFI 2.10, section 24.7.6), for other tools; machines are told by the file's name. */
    private static String mediaType(ImageFile file) {
        return switch (file.role()) {
            case ImageFile.ISO -> "application/vnd.efi.iso";
            case ImageFile.NBP -> "application/efi";
            default -> "application/octet-stream";
        };
    }

    private static void describe(ObjectNode descriptor, String mediaType, Digest digest, long size) {
        descriptor.put("mediaType", mediaType);
        descriptor.put("digest", digest.toString());
        descriptor.put("size", size);
    }

    private static byte[] bytes(ObjectNode root) {
        try {
            return MAPPER.writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of strings and numbers is always JSON", e);
        }
    }
}
