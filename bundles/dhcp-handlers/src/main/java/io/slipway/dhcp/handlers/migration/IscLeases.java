package io.slipway.dhcp.handlers.migration;

import io.slipway.dhcp.codec.Addresses;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Reads {@code dhcpd.leases}: a journal, in which the last entry of an address counts. */
final class IscLeases {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT);

    private IscLeases() {}

    /** @param now seconds since 1970 */
    static void read(Source source, Site site, long now) throws BrokenFileException {
        LeaseCollector leases = new LeaseCollector(site, now);
        for (IscStatement statement : IscParser.parse(source)) {
            if (statement.begins("lease") && statement.block().isPresent()) {
                lease(statement, statement.block().get(), leases, site);
            } else if (statement.block().isPresent()) {
                site.leaveOut(
                        statement.place(),
                        statement.toString(),
                        statement.begins("host")
                                ? "a host that OMAPI made; give this file before --leases, too, to take it"
                                : "only IPv4 leases are taken");
            }
        }
        leases.finish(source);
    }

    private static void lease(IscStatement statement, List<IscStatement> inner, LeaseCollector leases, Site site) {
        String state = "active";
        String mac = "";
        String id = "";
        String name = "";
        long start = 0;
        long end = 0;
        try {
            for (IscStatement one : inner) {
                switch (one.word(0)) {
                    case "starts" -> start = time(one);
                    case "ends" -> end = time(one);
                    case "binding" -> state = one.word(2);
                    case "hardware" -> mac = one.word(1).equals("ethernet") ? one.word(2) : one.word(1);
                    case "uid" ->
                        id = one.words().get(1).kind() == IscToken.Kind.STRING ? Hex.of(one.word(1)) : one.word(1);
                    case "client-hostname" -> name = one.word(1);
                    default -> {
                        // what the server noted for itself
                    }
                }
            }
            if (!state.equals("active")) {
                leases.over(Addresses.parse(statement.word(1)));
            } else {
                leases.granted(statement.place(), statement.word(1), mac, id, name, start, end);
            }
        } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException e) {
            site.leaveOut(statement.place(), statement.toString(), "not understood: " + e.getMessage());
        }
    }

    /** {@code 4 2026/11/26 10:00:00} in UTC, {@code epoch 1795600000}, or {@code never}. */
    private static long time(IscStatement statement) {
        if (statement.word(1).equals("never")) {
            return Settings.LONGEST;
        }
        if (statement.word(1).equals("epoch")) {
            return Long.parseLong(statement.word(2));
        }
        return LocalDateTime.parse(statement.word(2) + " " + statement.word(3), TIME)
                .toEpochSecond(ZoneOffset.UTC);
    }
}
