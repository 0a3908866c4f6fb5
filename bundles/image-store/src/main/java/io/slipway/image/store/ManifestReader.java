package io.slipway.image.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.slipway.image.Digest;
import io.slipway.image.Image;
import io.slipway.image.ImageFile;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads an image out of a manifest, ours or another tool's ({@code oras push}): layers without a title are not files,
 * roles that are not said are told from the name, and an image that does not say when it was made is from 1970.
 */
final class ManifestReader {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ManifestReader() {}

    /** @throws IOException names the digest and says what is not as an OCI image manifest has it */
    static Image read(Digest digest, byte[] manifest) throws IOException {
        try {
            return image(digest, MAPPER.readTree(manifest));
        } catch (JsonProcessingException e) {
            throw broken(digest, e.getOriginalMessage(), e);
        } catch (IOException | IllegalArgumentException e) {
            throw broken(digest, e.getMessage(), e);
        }
    }

    private static IOException broken(Digest digest, String why, Exception cause) {
        return new IOException("manifest " + digest + " is broken: " + why, cause);
    }

    private static Image image(Digest digest, JsonNode root) throws IOException {
        String mediaType = root.path("mediaType").asText(ImageManifest.MEDIA_TYPE);
        if (!mediaType.equals(ImageManifest.MEDIA_TYPE) || !root.path("layers").isArray()) {
            throw new IOException("it is '" + mediaType + "'; expected " + ImageManifest.MEDIA_TYPE + " with layers");
        }
        List<ImageFile> files = new ArrayList<>();
        for (JsonNode layer : root.path("layers")) {
            String title = layer.path("annotations").path(ImageManifest.TITLE).asText();
            if (!title.isEmpty()) {
                files.add(file(title, layer));
            }
        }
        return new Image(digest, created(root), annotations(root), files);
    }

    private static Map<String, String> annotations(JsonNode root) {
        Map<String, String> annotations = new HashMap<>();
        root.path("annotations").properties().forEach(field -> {
            if (!field.getKey().equals(ImageManifest.CREATED)) {
                annotations.put(field.getKey(), field.getValue().asText());
            }
        });
        return annotations;
    }

    private static ImageFile file(String title, JsonNode layer) throws IOException {
        JsonNode size = layer.path("size");
        if (!size.isIntegralNumber() || !size.canConvertToLong()) {
            throw new IOException("the size of '" + title + "' is '" + size.asText() + "'; expected a number of bytes");
        }
        String role = layer.path("annotations").path(ImageManifest.ROLE).asText();
        Digest digest = Digest.parse(layer.path("digest").asText());
        return new ImageFile(title, role.isEmpty() ? BootRoles.ofName(title) : role, digest, size.longValue());
    }

    /** RFC 3339, section 5.6 (image-spec, annotations.md). */
    private static Instant created(JsonNode root) {
        String created = root.path("annotations").path(ImageManifest.CREATED).asText();
        try {
            return created.isEmpty()
                    ? Instant.EPOCH
                    : OffsetDateTime.parse(created).toInstant();
        } catch (DateTimeException notADate) {
            return Instant.EPOCH;
        }
    }
}
