package io.slipway.dhcp.codec;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The values of option 53 (RFC 2132 section 9.6). */
public enum DhcpMessageType {
    DISCOVER(1),
    OFFER(2),
    REQUEST(3),
    DECLINE(4),
    ACK(5),
    NAK(6),
    RELEASE(7),
    INFORM(8);

    private static final Map<Integer, DhcpMessageType> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(DhcpMessageType::code, Function.identity()));

    private final int code;

    DhcpMessageType(int code) {
        this.code = code;
    }

    /** The value on the wire, 1 to 8. */
    public int code() {
        return code;
    }

    /** The type of a value on the wire; empty when it is not one of RFC 2132's. */
    public static Optional<DhcpMessageType> of(int code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }
}
