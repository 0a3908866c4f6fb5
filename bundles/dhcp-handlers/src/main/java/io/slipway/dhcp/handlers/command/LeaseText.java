package io.slipway.dhcp.handlers.command;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootClients;
import io.slipway.boot.MacAddress;
import io.slipway.boot.Machine;
import io.slipway.boot.MachineIdentity;
import io.slipway.boot.Machines;
import io.slipway.dhcp.handlers.Lease;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Leases as people read them. */
final class LeaseText {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private LeaseText() {}

    /** {@code bound}, {@code offered}, {@code declined}, {@code released}, or {@code expired} for one that has ended. */
    static String state(Lease lease, Duration remaining) {
        boolean isExpired = hasEnded(remaining) && lease.state() != Lease.State.RELEASED;
        return isExpired ? "expired" : lease.state().name().toLowerCase(Locale.ROOT);
    }

    static boolean hasEnded(Duration remaining) {
        return remaining.toSeconds() <= 0;
    }

    /** A moment that lies so far ahead, or behind, by the clock on the wall. */
    static String time(Duration ahead) {
        return TIME.format(Instant.now().plus(ahead));
    }

    /** {@code in 2d 3h}, {@code in 59m 12s}, {@code 5s ago}: the two greatest units. */
    static String relative(Duration remaining) {
        return remaining.isNegative() ? span(remaining) + " ago" : "in " + span(remaining);
    }

    /** {@code 2d 3h}, {@code 59m 12s}, {@code 5s}. */
    static String span(Duration span) {
        Duration time = span.abs();
        if (time.toDays() > 0) {
            return time.toDays() + "d " + time.toHoursPart() + "h";
        }
        if (time.toHours() > 0) {
            return time.toHours() + "h " + time.toMinutesPart() + "m";
        }
        return time.toMinutes() > 0 ? time.toMinutes() + "m " + time.toSecondsPart() + "s" : time.toSeconds() + "s";
    }

    /** {@code 01:52:54:00:12:34:56} of hexadecimal. */
    static String octets(String hex) {
        return hex.replaceAll("(..)(?=.)", "$1:");
    }

    /** The machine that a client is, by its MAC address or client identifier. */
    static Optional<Machine> machine(Lease lease, Optional<Machines> machines) {
        return machines.flatMap(known -> known.find(new MachineIdentity.Mac(lease.mac()))
                .or(() -> lease.clientId().isEmpty()
                        ? Optional.empty()
                        : known.find(new MachineIdentity.ClientId(lease.clientId()))));
    }

    /** What is known of a client beside its lease. */
    static Optional<BootClient> client(MacAddress mac, Optional<BootClients> clients) {
        return clients.flatMap(known -> known.find(mac));
    }

    /** Vendor class, and user class behind it, where they were said; to be shown on terminals. */
    static String classes(BootClient client) {
        String vendor = client.vendorClass().orElse("");
        String both = client.userClass()
                .map(user -> vendor.isEmpty() ? user : vendor + " " + user)
                .orElse(vendor);
        return both.replaceAll("[^ -~]", "?");
    }
}
