package io.slipway.dhcp.handlers.migration;

/** Reads {@code dnsmasq.leases}: end, MAC, address, host name and client identifier of a lease a line. */
final class DnsmasqLeases {

    private DnsmasqLeases() {}

    /** @param now seconds since 1970 */
    static void read(Source source, Site site, long now) throws BrokenFileException {
        LeaseCollector leases = new LeaseCollector(site, now);
        String[] lines = source.text().split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            Place place = source.at(i + 1);
            String[] words = lines[i].strip().split("\\s+");
            if (words[0].equals("duid")) {
                break; // IPv6 begins here
            }
            if (words[0].isEmpty()) {
                continue;
            }
            if (words.length < 4 || !words[0].matches("\\d{1,12}")) {
                throw new BrokenFileException(
                        place, "'" + lines[i].strip() + "'; expected: END MAC ADDRESS NAME CLIENT-IDENTIFIER");
            }
            long end = Long.parseLong(words[0]);
            leases.granted(
                    place,
                    words[2],
                    words[1].replaceFirst("^01-", ""),
                    words.length < 5 || words[4].equals("*") ? "" : words[4],
                    words[3].equals("*") ? "" : words[3],
                    now,
                    end == 0 ? Settings.LONGEST : end);
        }
        leases.finish(source);
    }
}
