package io.slipway.dhcp.boot;

import io.slipway.boot.BootClient;
import io.slipway.boot.MacAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What firmware said of itself in its DISCOVER, until its REQUEST: some firmware leaves it out the second time (the
 * Raspberry Pi drops option 60). Bounded; the oldest are forgotten first.
 */
final class Discoveries {

    private record Heard(int xid, Firmware firmware) {}

    private final Map<MacAddress, Heard> heard;

    /**
     * @param most how many machines are remembered
     */
    Discoveries(int most) {
        heard = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<MacAddress, Heard> eldest) {
                return size() > most;
            }
        };
    }

    synchronized void remember(int xid, Firmware firmware) {
        // A key that is put anew keeps its place in the order.
        heard.remove(firmware.client().mac());
        heard.put(firmware.client().mac(), new Heard(xid, firmware));
    }

    /** What the machine said last. */
    synchronized Optional<Firmware> latest(MacAddress mac) {
        return Optional.ofNullable(heard.get(mac)).map(Heard::firmware);
    }

    /**
     * The menu entry that was chosen earlier in this boot: by firmware that now has started iPXE, or in this same
     * transaction. An iPXE that begins anew is asked anew.
     */
    synchronized Optional<String> chosen(MacAddress mac, int xid) {
        return Optional.ofNullable(heard.get(mac))
                .filter(one -> one.xid() == xid || one.firmware().quirks() != FirmwareQuirks.IPXE)
                .map(one -> one.firmware().client().labels().get(BootClient.CHOSEN_ENTRY));
    }

    /** What the machine said in the same transaction. */
    synchronized Optional<Firmware> recall(MacAddress mac, int xid) {
        return Optional.ofNullable(heard.get(mac))
                .filter(one -> one.xid() == xid)
                .map(Heard::firmware);
    }
}
