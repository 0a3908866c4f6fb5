package io.slipway.dhcp.server;

import io.slipway.boot.MacAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The machines of which firmware or a loader has asked lately: what their operating systems ask then belongs to the same
 * boot. Of other clients, which never boot from the network, a boot's timeline says nothing. Safe for use by many threads.
 */
final class BootingMachines {

    private final Map<MacAddress, Boolean> latest;

    /** @param most how many are remembered; the one that was silent longest is forgotten first */
    BootingMachines(int most) {
        latest = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<MacAddress, Boolean> eldest) {
                return size() > most;
            }
        };
    }

    /** Whether a packet is a step of a boot. */
    synchronized boolean hasSent(Packet packet) {
        if (packet.isOfBoot()) {
            latest.put(packet.mac(), true);
            return true;
        }
        return latest.get(packet.mac()) != null;
    }
}
