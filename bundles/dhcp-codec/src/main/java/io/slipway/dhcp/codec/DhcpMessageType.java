package io.slipway.dhcp.codec;

import java.util.Optional;

/** The values of option 53 (RFC 2132 section 9.6). */
public enum DhcpMessageType {
    DISCOVER,
    OFFER,
    REQUEST,
    DECLINE,
    ACK,
    NAK,
    RELEASE,
    INFORM;

    /** The value on the wire, 1 to 8. */
    public int code() {
        return ordinal() + 1;
    }

    /** The type of a value on the wire; empty when it is not one of RFC 2132's. */
    public static Optional<DhcpMessageType> of(int code) {
        return code >= 1 && code <= values().length ? Optional.of(values()[code - 1]) : Optional.empty();
    }
}
