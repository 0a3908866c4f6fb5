package io.slipway.machine.simulator;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.Optional;

/**
 * What a machine was told by DHCP.
 *
 * @param address its own
 * @param server that its boot file comes from
 * @param bootFile empty when it was told none
 * @param repeats packets that it sent again
 */
record Leased(
        Optional<Inet4Address> address,
        Optional<Inet4Address> server,
        String bootFile,
        Duration took,
        int repeats,
        Optional<String> failure) {

    static Leased failed(Duration took, int repeats, String why) {
        return new Leased(Optional.empty(), Optional.empty(), "", took, repeats, Optional.of(why));
    }
}
