package io.slipway.image.store.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.image.Blob;
import io.slipway.image.Digest;
import io.slipway.image.ImageRef;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes images into a layout: all their blobs, then the index that names them. */
public final class LayoutExport {

    static final String INDEX = "index.json";

    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** Where images are read from. */
    public interface Images {

        byte[] manifest(Digest digest) throws IOException;

        /** What a manifest refers to. */
        List<Digest> parts(byte[] manifest) throws IOException;

        Optional<Blob> blob(Digest digest) throws IOException;
    }

    /**
     * What was written.
     *
     * @param written blobs, and their bytes, that the layout did not have
     */
    public record Result(int images, long written, long bytes) {}

    private final Images images;
    private final LayoutTarget target;
    private long written;
    private long bytes;

    /**
     * Writes into a target.
     *
     * @param target closed by the caller
     */
    public LayoutExport(Images images, LayoutTarget target) {
        this.images = images;
        this.target = target;
    }

    /**
     * Writes images and the index that names them.
     *
     * @throws IOException names what could not be read or written; the index is then as it was
     */
    public Result run(Map<ImageRef, Digest> tags) throws IOException {
        target.file("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(UTF_8));
        ObjectNode index = MAPPER.createObjectNode();
        index.put("schemaVersion", 2);
        index.put("mediaType", "application/vnd.oci.image.index.v1+json");
        ArrayNode entries = index.putArray("manifests");
        for (Map.Entry<ImageRef, Digest> tag : tags.entrySet()) {
            byte[] manifest = images.manifest(tag.getValue());
            for (Digest part : images.parts(manifest)) {
                write(part, "image " + tag.getKey());
            }
            if (!target.has(tag.getValue(), manifest.length)) {
                target.blob(tag.getValue(), manifest.length, new ByteArrayInputStream(manifest));
                written++;
                bytes += manifest.length;
            }
            ObjectNode entry = entries.addObject();
            entry.put("mediaType", MANIFEST);
            entry.put("digest", tag.getValue().toString());
            entry.put("size", manifest.length);
            entry.putObject("annotations")
                    .put("org.opencontainers.image.ref.name", tag.getKey().toString());
        }
        target.file(INDEX, MAPPER.writeValueAsBytes(index));
        return new Result(tags.size(), written, bytes);
    }

    private void write(Digest part, String whose) throws IOException {
        Blob blob = images.blob(part)
                .orElseThrow(() -> new IOException(whose + " lacks blob " + part + "; import it again"));
        if (target.has(part, blob.size())) {
            return;
        }
        try (InputStream in = blob.open()) {
            target.blob(part, blob.size(), in);
        }
        written++;
        bytes += blob.size();
    }
}
