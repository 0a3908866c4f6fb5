package io.slipway.image.store.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.slipway.image.Digest;
import io.slipway.image.TestManifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes OCI image layouts as other tools do. */
record LayoutWriter(Path folder) {

    static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    static final String INDEX = "application/vnd.oci.image.index.v1+json";

    /** An empty layout. */
    static LayoutWriter in(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("blobs/sha256"));
        Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        LayoutWriter layout = new LayoutWriter(folder);
        layout.index();
        return layout;
    }

    Path blob(Digest digest) {
        return folder.resolve("blobs/sha256").resolve(digest.hex());
    }

    Digest store(String content) throws IOException {
        byte[] bytes = content.getBytes(UTF_8);
        Digest digest = TestManifests.digest(bytes);
        Files.write(blob(digest), bytes);
        return digest;
    }

    /** A manifest of layers, by their titles; an empty title is none. */
    String manifest(Map<String, String> layers, String annotations) throws IOException {
        StringBuilder all = new StringBuilder();
        for (var layer : layers.entrySet()) {
            String title =
                    layer.getKey().isEmpty() ? "" : "\"org.opencontainers.image.title\":\"" + layer.getKey() + "\"";
            all.append(all.isEmpty() ? "" : ",")
                    .append(descriptor("application/octet-stream", layer.getValue(), title, ""));
        }
        return "{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST + "\",\"config\":"
                + descriptor("application/vnd.oci.empty.v1+json", "{}", "", "") + ",\"layers\":[" + all
                + "],\"annotations\":{" + annotations + "}}";
    }

    /** A descriptor of what is stored by this. */
    String descriptor(String mediaType, String content, String annotations, String platform) throws IOException {
        return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + store(content) + "\",\"size\":"
                + content.getBytes(UTF_8).length + ",\"annotations\":{" + annotations + "}"
                + (platform.isEmpty() ? "" : ",\"platform\":{\"os\":\"linux\",\"architecture\":\"" + platform + "\"}")
                + "}";
    }

    static String refName(String name) {
        return "\"org.opencontainers.image.ref.name\":\"" + name + "\"";
    }

    static String indexOf(String... entries) {
        return "{\"schemaVersion\":2,\"manifests\":[" + String.join(",", entries) + "]}";
    }

    /** Writes index.json. */
    void index(String... entries) throws IOException {
        Files.writeString(folder.resolve("index.json"), indexOf(entries));
    }

    static List<String> names(List<LayoutImage> images) {
        return images.stream()
                .map(image -> image.suggested().map(Object::toString).orElse("-"))
                .collect(Collectors.toList());
    }
}
