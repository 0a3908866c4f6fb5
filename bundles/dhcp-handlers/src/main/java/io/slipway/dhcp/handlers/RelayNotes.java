package io.slipway.dhcp.handlers;

import io.slipway.dhcp.codec.Addresses;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which relay agent brought the request for which lease, to be shown; of the latest ones since the start. Guarded by the
 * lock of {@link Leases}.
 */
final class RelayNotes {

    /** Notes that are kept. */
    static final int MOST = 65_536;

    private record Note(long mac, String text) {}

    /** By the leased address, the one noted longest ago first. */
    private final Map<Integer, Note> notes = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Note> eldest) {
            return size() > MOST;
        }
    };

    /** A client gets or keeps an address; what comes past the relay agent, as renewals do, changes nothing. */
    void note(int address, Requester who) {
        if (!who.relay().equals(Addresses.ANY)) {
            notes.put(address, new Note(who.mac().bits(), text(who)));
        }
    }

    /** Who relayed the request for a lease. */
    Optional<String> of(Lease lease) {
        return Optional.ofNullable(notes.get(Addresses.bits(lease.address())))
                .filter(note -> note.mac() == lease.mac().bits())
                .map(Note::text);
    }

    private static String text(Requester who) {
        return who.relay().getHostAddress()
                + who.circuitId()
                        .map(id -> ", port " + HexFormat.ofDelimiter(":").formatHex(id))
                        .orElse("");
    }
}
