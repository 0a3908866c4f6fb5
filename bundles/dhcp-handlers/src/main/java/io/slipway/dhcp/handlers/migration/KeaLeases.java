package io.slipway.dhcp.handlers.migration;

import io.slipway.dhcp.codec.Addresses;
import java.util.Arrays;
import java.util.List;

/** Reads the CSV file of Kea's memfile: a journal, in which the last line of an address counts. */
final class KeaLeases {

    private static final List<String> NEEDED = List.of("address", "hwaddr", "valid_lifetime", "expire");

    private KeaLeases() {}

    /** @param now seconds since 1970 */
    static void read(Source source, Site site, long now) throws BrokenFileException {
        String[] lines = source.text().split("\r?\n", -1);
        List<String> columns = Arrays.asList(lines[0].split(",", -1));
        if (!columns.containsAll(NEEDED)) {
            throw new BrokenFileException(
                    source.at(1),
                    "expected the header of Kea's memfile, with the columns " + String.join(", ", NEEDED));
        }
        LeaseCollector leases = new LeaseCollector(site, now);
        for (int i = 1; i < lines.length; i++) {
            if (!lines[i].isBlank()) {
                lease(source.at(i + 1), columns, lines[i].split(",", -1), leases);
            }
        }
        leases.finish(source);
    }

    private static void lease(Place place, List<String> columns, String[] values, LeaseCollector leases)
            throws BrokenFileException {
        // Kea itself reads files of fewer columns, as it has added some at the end.
        if (values.length <= columns.indexOf("expire")) {
            throw new BrokenFileException(
                    place, values.length + " columns; expected as many as in the header, " + columns.size());
        }
        String state = value(columns, values, "state");
        String address = value(columns, values, "address");
        try {
            if (!state.isEmpty() && !state.equals("0")) {
                leases.over(Addresses.parse(address));
                return;
            }
            long time = Long.parseLong(value(columns, values, "valid_lifetime"));
            long end = Long.parseLong(value(columns, values, "expire"));
            boolean isForEver = time == 0xffff_ffffL;
            leases.granted(
                    place,
                    address,
                    value(columns, values, "hwaddr"),
                    value(columns, values, "client_id"),
                    value(columns, values, "hostname").replaceFirst("\\.$", ""),
                    isForEver ? end : end - time,
                    isForEver ? Settings.LONGEST : end);
        } catch (IllegalArgumentException e) {
            throw new BrokenFileException(place, "not a lease: " + e.getMessage());
        }
    }

    private static String value(List<String> columns, String[] values, String column) {
        int index = columns.indexOf(column);
        return index < 0 || index >= values.length ? "" : values[index].strip();
    }
}
