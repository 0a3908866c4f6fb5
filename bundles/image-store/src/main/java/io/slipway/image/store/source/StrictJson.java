package io.slipway.image.store.source;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Strict JSON: one object, no key twice, nothing after it; and values of the kind that is expected. */
final class StrictJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StrictJson() {}

    /** @throws IOException says in one line where and why the bytes are not one JSON object */
    static ObjectNode object(byte[] bytes) throws IOException {
        try {
            if (MAPPER.readTree(bytes) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            JsonLocation where = e.getLocation() == null ? JsonLocation.NA : e.getLocation();
            throw new IOException(
                    "line " + where.getLineNr() + ", column " + where.getColumnNr() + ": "
                            + Names.shown(e.getOriginalMessage()),
                    e);
        }
        throw new IOException("this is not a JSON object");
    }

    static ObjectNode empty() {
        return MAPPER.createObjectNode();
    }

    static byte[] bytes(ObjectNode node) throws IOException {
        return MAPPER.writeValueAsBytes(node);
    }

    /** @throws IOException names a key that is not among those that are known */
    static void onlyKeys(JsonNode object, Set<String> known) throws IOException {
        for (var field : object.properties()) {
            if (!known.contains(field.getKey())) {
                throw new IOException("the key '" + Names.shown(field.getKey()) + "' is unknown; expected one of "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }

    /** A string; empty when there is no such key. */
    static Optional<String> text(JsonNode object, String key) throws IOException {
        JsonNode value = object.path(key);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw wrong(key, value, "a string");
        }
        return Optional.of(value.textValue());
    }

    /** Strings; none when there is no such key. */
    static List<String> texts(JsonNode object, String key) throws IOException {
        List<String> texts = new ArrayList<>();
        for (JsonNode value : array(object, key)) {
            if (!value.isTextual()) {
                throw wrong(key, value, "strings");
            }
            texts.add(value.textValue());
        }
        return List.copyOf(texts);
    }

    /** Objects; none when there is no such key. */
    static List<ObjectNode> objects(JsonNode object, String key) throws IOException {
        List<ObjectNode> objects = new ArrayList<>();
        for (JsonNode value : array(object, key)) {
            if (!(value instanceof ObjectNode entry)) {
                throw wrong(key, value, "objects");
            }
            objects.add(entry);
        }
        return List.copyOf(objects);
    }

    static boolean flag(JsonNode object, String key) throws IOException {
        JsonNode value = object.path(key);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw wrong(key, value, "true or false");
        }
        return value.asBoolean();
    }

    private static JsonNode array(JsonNode object, String key) throws IOException {
        JsonNode value = object.path(key);
        if (!value.isMissingNode() && !value.isArray()) {
            throw wrong(key, value, "a list");
        }
        return value;
    }

    private static IOException wrong(String key, JsonNode value, String expected) {
        return new IOException("the key '" + key + "' has " + Names.shown(value.toString()) + "; expected " + expected);
    }
}
