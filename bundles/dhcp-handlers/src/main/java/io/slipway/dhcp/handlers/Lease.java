package io.slipway.dhcp.handlers;

import io.slipway.boot.MacAddress;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Who has an address, or had it last.
 *
 * @param clientId option 61 in hexadecimal, empty when there was none; kept to be shown, the client is its {@code mac}
 * @param hostName option 12, printable, empty when there was none
 * @param start seconds since 1970 by {@link LeaseClock}
 * @param end seconds since 1970; from then on another client may get the address
 */
public record Lease(
        Inet4Address address, MacAddress mac, String clientId, String hostName, long start, long end, State state) {

    /** The codes stand in stored records: never change one. */
    public enum State {
        /** Offered; in memory only. */
        OFFERED(1),
        BOUND(2),
        RELEASED(3),
        /** In use by something that holds no lease: a client saw it, or it is a server's or a relay agent's. */
        DECLINED(4);

        /** {@code values()} makes a copy, and a million leases are read at a start. */
        private static final List<State> ALL = List.of(values());

        private final int code;

        State(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }

        static State of(int code) {
            for (State state : ALL) {
                if (state.code == code) {
                    return state;
                }
            }
            throw new IllegalArgumentException("lease state " + code);
        }
    }

    public Lease {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(mac, "mac");
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(hostName, "hostName");
        Objects.requireNonNull(state, "state");
        if (end < start) {
            throw new IllegalArgumentException("lease of " + address.getHostAddress() + " ends before it starts");
        }
    }

    /** Whether the address is not free for others. */
    public boolean isLive(long now) {
        return end > now;
    }

    /** How long it was granted for. */
    Duration time() {
        return Duration.ofSeconds(end - start);
    }
}
