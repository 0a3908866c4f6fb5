package io.slipway.dhcp.handlers.migration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON value and the line it stands at.
 *
 * @param value a {@code Map<String, JsonValue>}, a {@code List<JsonValue>}, a {@code String}, a {@code Boolean}, a
 *     {@code Long}, a {@code Double}, or empty for null
 */
record JsonValue(int line, Optional<Object> value) {

    /** The members of an object in their order; none of anything else. */
    @SuppressWarnings("unchecked") // JsonReader makes no other maps
    Map<String, JsonValue> members() {
        return value.filter(Map.class::isInstance)
                .map(map -> (Map<String, JsonValue>) map)
                .orElse(Map.of());
    }

    /** The items of an array; none of anything else. */
    @SuppressWarnings("unchecked") // JsonReader makes no other lists
    List<JsonValue> items() {
        return value.filter(List.class::isInstance)
                .map(list -> (List<JsonValue>) list)
                .orElse(List.of());
    }

    Optional<JsonValue> get(String name) {
        return Optional.ofNullable(members().get(name));
    }

    /** A member as text; blank when it is not there. */
    String text(String name) {
        return get(name).map(JsonValue::text).orElse("");
    }

    /** The text of a string, a number or a truth; of anything else a short form to be shown. */
    String text() {
        return value.map(known ->
                        known instanceof Map<?, ?> ? "{…}" : known instanceof List<?> ? "[…]" : known.toString())
                .orElse("null");
    }

    boolean isTrue(String name) {
        return get(name).flatMap(JsonValue::value).filter(Boolean.TRUE::equals).isPresent();
    }

    /** To be changed by the reader alone. */
    static Map<String, JsonValue> object() {
        return new LinkedHashMap<>();
    }
}
