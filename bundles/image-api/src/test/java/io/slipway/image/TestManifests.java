package io.slipway.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Small OCI image manifests (image-spec 1.1), written without a JSON library. */
public final class TestManifests {

    private TestManifests() {}

    /** A manifest of a config and layers, each layer titled {@code file-<its number>}. */
    public static byte[] of(Blob config, Blob... layers) {
        int[] number = {0};
        String all = Arrays.stream(layers)
                .map(layer -> descriptor("application/octet-stream", layer, "file-" + number[0]++))
                .collect(Collectors.joining(","));
        return ("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":"
                        + descriptor("application/vnd.oci.empty.v1+json", config, "config") + ",\"layers\":[" + all
                        + "]}")
                .getBytes(UTF_8);
    }

    /** A blob in memory, wherever else it may be. */
    public static Blob blob(byte[] bytes) {
        return new MemoryBackend.MemoryBlob(digest(bytes), bytes);
    }

    public static Digest digest(byte[] bytes) {
        try {
            return Digest.of(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String descriptor(String mediaType, Blob blob, String title) {
        return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + blob.digest() + "\",\"size\":" + blob.size()
                + ",\"annotations\":{\"org.opencontainers.image.title\":\"" + title + "\"}}";
    }
}
