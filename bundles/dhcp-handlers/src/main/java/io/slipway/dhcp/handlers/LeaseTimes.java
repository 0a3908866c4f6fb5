package io.slipway.dhcp.handlers;

import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpOptions;
import io.slipway.dhcp.codec.UserClass;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How long addresses are leased, as one level of the configuration has it; what is empty is left to the next level.
 *
 * @param longest what a client gets that wishes nothing, and the most that it gets
 * @param shortest what a client gets that wishes for less
 * @param boot what firmware and loaders get, whatever they wish: they hold an address for minutes only
 */
record LeaseTimes(Optional<Duration> longest, Optional<Duration> shortest, Optional<Duration> boot) {

    /** Every time is the next level's. */
    static final LeaseTimes UNSET = new LeaseTimes(Optional.empty(), Optional.empty(), Optional.empty());

    private static final Duration LONGEST = Duration.ofHours(1);

    /** A client that asks for a shorter lease gets it, but none so short that it does nothing but renew. */
    private static final Duration SHORTEST = Duration.ofMinutes(2);

    LeaseTimes {
        Objects.requireNonNull(longest, "longest");
        Objects.requireNonNull(shortest, "shortest");
        Objects.requireNonNull(boot, "boot");
    }

    static LeaseTimes of(Duration longest) {
        return new LeaseTimes(Optional.of(longest), Optional.empty(), Optional.empty());
    }

    /** These times, and where they are unset those of a level that is less near to the client. */
    LeaseTimes orElse(LeaseTimes outer) {
        return new LeaseTimes(longest.or(outer::longest), shortest.or(outer::shortest), boot.or(outer::boot));
    }

    /** What a request is granted (RFC 2131 section 4.3.1: the client's wish, within what the server allows). */
    Duration granted(DhcpMessage request) {
        Duration most = longest.orElse(LONGEST);
        if (boot.isPresent() && isBootStage(request)) {
            return boot.get().compareTo(most) < 0 ? boot.get() : most;
        }
        Duration wish = request.option(DhcpOptions.DHCP_LEASE_TIME).orElse(most);
        Duration least = shortest.orElse(SHORTEST);
        Duration granted = wish.compareTo(least) < 0 ? least : wish;
        return granted.compareTo(most) < 0 ? granted : most;
    }

    /** Whether firmware or a loader asks, and not an operating system, which will ask again. */
    static boolean isBootStage(DhcpMessage request) {
        return request.option(DhcpOptions.VENDOR_CLASS_IDENTIFIER)
                        .filter(name -> name.startsWith("PXEClient") || name.startsWith("HTTPClient"))
                        .isPresent()
                || request.bytes(DhcpOptions.USER_CLASS.code())
                        .flatMap(UserClass::parse)
                        .filter("iPXE"::equals)
                        .isPresent();
    }
}
