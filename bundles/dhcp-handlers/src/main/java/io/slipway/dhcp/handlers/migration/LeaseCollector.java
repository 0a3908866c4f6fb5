package io.slipway.dhcp.handlers.migration;

import io.slipway.boot.MacAddress;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.handlers.Lease;
import java.net.Inet4Address;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Keeps of a file of leases those that are live; the last that it says of an address counts. */
final class LeaseCollector {

    private static final Pattern HEX = Pattern.compile("([0-9A-Fa-f]{2}){0,255}");

    private final Site site;
    private final long now;
    private final Set<Inet4Address> ended = new HashSet<>();

    /** @param now seconds since 1970 */
    LeaseCollector(Site site, long now) {
        this.site = site;
        this.now = now;
    }

    /**
     * A lease that is granted.
     *
     * @param clientId in hexadecimal, perhaps with colons; blank when there was none
     * @param start seconds since 1970; later than now stands for now
     * @param end seconds since 1970; what is later than fits stands for ever
     */
    void granted(Place place, String address, String mac, String clientId, String hostName, long start, long end) {
        try {
            Inet4Address leased = Addresses.parse(address);
            if (end <= now) {
                over(leased);
                return;
            }
            ended.remove(leased);
            String id = Hex.padded(clientId);
            long last = Math.min(end, Settings.LONGEST);
            site.leases()
                    .put(
                            leased,
                            new Lease(
                                    leased,
                                    MacAddress.parse(Hex.padded(mac)),
                                    HEX.matcher(id).matches() ? id.toLowerCase(Locale.ROOT) : "",
                                    hostName.replaceAll("[^!-~]", "?"),
                                    Math.min(Math.max(0, start), Math.min(now, last)),
                                    last,
                                    Lease.State.BOUND));
        } catch (IllegalArgumentException e) {
            site.leaveOut(place, "lease of " + address, e.getMessage());
        }
    }

    /** The address is nobody's any more. */
    void over(Inet4Address address) {
        ended.add(address);
        site.leases().remove(address);
    }

    void finish(Source source) {
        if (!ended.isEmpty()) {
            site.note(source.at(0), ended.size() + " leases", "have ended or were given back, and are not taken");
        }
    }
}
