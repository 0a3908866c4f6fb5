package io.slipway.dhcp.handlers.migration;

import io.slipway.dhcp.handlers.Lease;
import java.util.Collection;
import java.util.HexFormat;
import java.util.stream.Collectors;

/**
 * Says leases as Kea's memfile. The columns are those of Kea 2.0 to 2.2; later versions, which have one more, take them
 * and add it.
 */
public final class KeaCsv {

    private static final String HEADER = "address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,"
            + "hostname,state,user_context\n";
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    private KeaCsv() {}

    /** Leases and declined addresses; the subnets' numbers are those that {@link KeaJson} writes of the same site. */
    public static String write(Site site, Collection<Lease> leases) {
        return leases.stream()
                .filter(lease -> lease.state() == Lease.State.BOUND || lease.state() == Lease.State.DECLINED)
                .filter(lease -> site.networkOf(lease.address()).isPresent())
                .map(lease -> line(site, lease))
                .collect(Collectors.joining("", HEADER, ""));
    }

    private static String line(Site site, Lease lease) {
        int subnet = site.networks().indexOf(site.networkOf(lease.address()).orElseThrow()) + 1;
        boolean isDeclined = lease.state() == Lease.State.DECLINED;
        // Kea counts for ever from the second at which it was granted.
        boolean isForEver = lease.end() >= Settings.LONGEST;
        String id = COLONS.formatHex(HexFormat.of().parseHex(lease.clientId()));
        return String.join(
                        ",",
                        lease.address().getHostAddress(),
                        isDeclined ? "" : lease.mac().toString(),
                        isDeclined ? "" : id,
                        String.valueOf(isForEver ? 0xffff_ffffL : lease.end() - lease.start()),
                        String.valueOf(isForEver ? lease.start() : lease.end()),
                        String.valueOf(subnet),
                        "0",
                        "0",
                        isDeclined ? "" : lease.hostName().replace(",", "&#x2c"),
                        isDeclined ? "1" : "0",
                        "")
                + "\n";
    }
}
