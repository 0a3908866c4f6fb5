package io.slipway.dhcp.proxy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What this server is on a segment. */
enum Mode {
    /** It leases addresses. */
    SERVER,
    /** Another server leases them; this one tells firmware what to boot. */
    PROXY,
    /** {@link #PROXY} while another server is heard, else {@link #SERVER}. */
    AUTO;

    static Optional<Mode> parse(String text) {
        return Arrays.stream(values())
                .filter(mode -> mode.toString().equals(text.strip().toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** As it is configured. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
