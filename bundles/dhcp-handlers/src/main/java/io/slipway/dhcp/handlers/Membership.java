package io.slipway.dhcp.handlers;

import io.slipway.boot.FirmwareArchitecture;
import io.slipway.boot.Machine;
import io.slipway.dhcp.DhcpExchange;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpOptions;
import io.slipway.dhcp.codec.RelayAgentInformation;
import io.slipway.dhcp.codec.UserClass;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who is in a group: whoever meets all conditions, each with one of its patterns.
 *
 * @param conditions at least one
 */
record Membership(List<Condition> conditions) {

    Membership {
        conditions = List.copyOf(conditions);
    }

    boolean holds(DhcpExchange exchange, Optional<Machine> machine) {
        for (Condition condition : conditions) {
            if (!condition.isMet(exchange, machine)) {
                return false;
            }
        }
        return true;
    }

    /**
     * One condition.
     *
     * @param patterns one of which is to fit
     */
    record Condition(Subject subject, List<TextPattern> patterns) {

        Condition {
            Objects.requireNonNull(subject, "subject");
            patterns = List.copyOf(patterns);
        }

        boolean isMet(DhcpExchange exchange, Optional<Machine> machine) {
            return subject.texts(exchange, machine)
                    .anyMatch(text -> patterns.stream().anyMatch(pattern -> pattern.matches(text)));
        }
    }

    /** How a fact about a client is read as texts; none when it is not known. */
    @FunctionalInterface
    private interface Reading {
        Stream<String> of(DhcpExchange exchange, Optional<Machine> machine);
    }

    /**
     * What a condition is about.
     *
     * @param key as it stands behind {@code match.}
     */
    record Subject(String key) {

        private static final String LABEL = "label.";

        /** Texts that may hold commas and blanks are one pattern, the others a list. */
        private static final List<String> FREE_TEXT = List.of("vendorClass", "userClass", "hostName");

        private static final Map<String, Reading> READINGS = Map.of(
                "mac", (exchange, machine) -> Stream.of(exchange.mac().toString()),
                "vendorClass", (exchange, machine) -> text(exchange, DhcpOptions.VENDOR_CLASS_IDENTIFIER.code()),
                "userClass",
                        (exchange, machine) ->
                                exchange
                                        .request()
                                        .bytes(DhcpOptions.USER_CLASS.code())
                                        .flatMap(UserClass::parse)
                                        .stream(),
                "hostName", (exchange, machine) -> text(exchange, DhcpOptions.HOST_NAME.code()),
                "arch", (exchange, machine) -> architecture(exchange.request()),
                "circuitId", (exchange, machine) -> identifier(agent(exchange).circuitId()),
                "remoteId", (exchange, machine) -> identifier(agent(exchange).remoteId()),
                "link", (exchange, machine) -> Stream.of(exchange.link()),
                "relay",
                        (exchange, machine) ->
                                Stream.of(exchange.request().relayAddress().getHostAddress()),
                "machine", (exchange, machine) -> machine.map(Machine::name).stream());

        static Optional<Subject> named(String key) {
            boolean isLabel = key.startsWith(LABEL) && key.length() > LABEL.length();
            return READINGS.containsKey(key) || isLabel ? Optional.of(new Subject(key)) : Optional.empty();
        }

        /** All of them, behind a prefix. */
        static List<String> names(String prefix) {
            return Stream.concat(READINGS.keySet().stream().sorted(), Stream.of(LABEL + "NAME"))
                    .map(key -> prefix + key)
                    .toList();
        }

        boolean takesLists() {
            return !FREE_TEXT.contains(key);
        }

        Stream<String> texts(DhcpExchange exchange, Optional<Machine> machine) {
            return key.startsWith(LABEL)
                    ? machine.map(known -> known.labels().get(key.substring(LABEL.length()))).stream()
                    : READINGS.get(key).of(exchange, machine);
        }

        private static RelayAgentInformation agent(DhcpExchange exchange) {
            return RelayAgentInformation.of(exchange.request());
        }

        private static Stream<String> text(DhcpExchange exchange, int code) {
            return exchange.request().bytes(code).map(UserClass::text).stream();
        }

        /** By name and, because people know the numbers, by number. */
        private static Stream<String> architecture(DhcpMessage request) {
            return request
                    .bytes(DhcpOptions.CLIENT_SYSTEM_ARCHITECTURE.code())
                    .filter(bytes -> bytes.length >= 2)
                    .map(bytes -> ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff))
                    .stream()
                    .flatMap(code -> Stream.of(new FirmwareArchitecture(code).toString(), String.valueOf(code)));
        }

        /** As text, as most switches write it, and in hexadecimal. */
        private static Stream<String> identifier(Optional<byte[]> bytes) {
            return bytes.stream()
                    .flatMap(known -> Stream.of(
                            new String(known, StandardCharsets.ISO_8859_1),
                            HexFormat.of().formatHex(known),
                            HexFormat.ofDelimiter(":").formatHex(known)));
        }
    }
}
