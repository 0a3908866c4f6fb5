package io.slipway.dhcp.server;

import io.slipway.sockets.DirectWay;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a client that has no address yet is answered, when it did not ask for a broadcast. */
enum Replies {
    BROADCAST(Optional.empty()),
    FRAME(Optional.of(DirectWay.FRAME)),
    ARP(Optional.of(DirectWay.ARP));

    private static final String KEY = "replies";

    @SuppressWarnings("ImmutableEnumChecker") // an Optional of an enum is immutable
    private final Optional<DirectWay> way;

    Replies(Optional<DirectWay> way) {
        this.way = way;
    }

    static Replies parse(String text) {
        return Arrays.stream(values())
                .filter(value -> value.toString().equals(text.strip()))
                .findFirst()
                .orElseThrow(() -> Settings.refused(KEY, text, "broadcast, frame or arp"));
    }

    Optional<DirectWay> way() {
        return way;
    }

    /** As it is written in the configuration. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
