package io.slipway.image.store.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** An image index (image-spec 1.1, image-index.md), be it {@code index.json} or a blob. */
record LayoutIndex(List<LayoutDescriptor> entries) {

    LayoutIndex {
        entries = List.copyOf(entries);
    }

    /** @throws IOException says what is not as the specification has it */
    static LayoutIndex parse(byte[] bytes) throws IOException {
        ObjectNode root = StrictJson.object(bytes);
        checkVersion(root, LayoutDescriptor.INDEX);
        if (!root.path("manifests").isArray()) {
            throw new IOException("this is no image index; expected manifests");
        }
        return new LayoutIndex(descriptors(root, "manifests"));
    }

    /** Schema version 2, and the media type, which may be left out. */
    static void checkVersion(ObjectNode root, String expected) throws IOException {
        JsonNode version = root.path("schemaVersion");
        if (!version.isIntegralNumber() || version.asInt() != 2) {
            throw new IOException(
                    "schemaVersion is '" + Names.shown(version.asText()) + "'; expected 2, of the OCI image spec");
        }
        String mediaType = StrictJson.text(root, "mediaType").orElse(expected);
        if (!mediaType.equals(expected)) {
            throw new IOException("mediaType is '" + Names.shown(mediaType) + "'; expected " + expected);
        }
    }

    static List<LayoutDescriptor> descriptors(ObjectNode root, String key) throws IOException {
        List<LayoutDescriptor> descriptors = new ArrayList<>();
        for (ObjectNode entry : StrictJson.objects(root, key)) {
            descriptors.add(LayoutDescriptor.of(entry));
        }
        return descriptors;
    }
}
