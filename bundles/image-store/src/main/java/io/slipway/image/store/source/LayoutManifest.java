package io.slipway.image.store.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An image manifest (image-spec 1.1, manifest.md).
 *
 * @param layers in the manifest's order
 */
record LayoutManifest(LayoutDescriptor config, List<LayoutDescriptor> layers, Map<String, String> annotations) {

    LayoutManifest {
        layers = List.copyOf(layers);
        annotations = Map.copyOf(annotations);
    }

    /** @throws IOException says what is not as the specification has it */
    static LayoutManifest parse(byte[] bytes) throws IOException {
        ObjectNode root = StrictJson.object(bytes);
        LayoutIndex.checkVersion(root, LayoutDescriptor.MANIFEST);
        if (!(root.path("config") instanceof ObjectNode config)
                || !root.path("layers").isArray()) {
            throw new IOException("this is no image manifest; expected config and layers");
        }
        return new LayoutManifest(
                LayoutDescriptor.of(config),
                LayoutIndex.descriptors(root, "layers"),
                LayoutDescriptor.annotations(root));
    }

    /** Everything that must be stored before the image can be tagged. */
    List<LayoutDescriptor> blobs() {
        return Stream.concat(Stream.of(config), layers.stream()).toList();
    }
}
