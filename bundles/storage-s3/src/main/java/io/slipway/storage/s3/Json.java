package io.slipway.storage.s3;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.image.Digest;
import java.io.IOException;

/** Strict JSON: one object, no key twice, nothing after it. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    static ObjectNode create() {
        return MAPPER.createObjectNode();
    }

    /** @throws IOException says in one line where and why the bytes are not one JSON object */
    static ObjectNode parse(byte[] bytes) throws IOException {
        try {
            if (MAPPER.readTree(bytes) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            JsonLocation where = e.getLocation() == null ? JsonLocation.NA : e.getLocation();
            throw new IOException(
                    "line " + where.getLineNr() + ", column " + where.getColumnNr() + ": " + e.getOriginalMessage(), e);
        }
        throw new IOException("this is not a JSON object");
    }

    static byte[] bytes(ObjectNode node) throws IOException {
        return MAPPER.writeValueAsBytes(node);
    }

    /** The property {@code digest} of an object. */
    static Digest digest(JsonNode node) throws IOException {
        try {
            return Digest.parse(node.path("digest").asText());
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
