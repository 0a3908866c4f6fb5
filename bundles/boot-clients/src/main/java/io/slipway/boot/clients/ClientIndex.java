package io.slipway.boot.clients;

import io.slipway.boot.BootClient;
import io.slipway.boot.ClientAddress;
import io.slipway.boot.FirmwareArchitecture;
import io.slipway.boot.MacAddress;
import java.net.InetAddress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The clients that are known, by MAC and by the address they have on a link; the ones that were not asked for longest
 * go first when it is full. Safe for use by many threads.
 */
final class ClientIndex {

    /**
     * What learning did.
     *
     * @param changed the client as it is known now, if that is news
     * @param forgotten who had to go
     */
    record Change(Optional<BootClient> changed, Optional<MacAddress> forgotten) {}

    private final int maximum;
    private final LinkedHashMap<MacAddress, BootClient> clients = new LinkedHashMap<>(16, 0.75f, true);
    private final LinkedHashMap<ClientAddress, MacAddress> places = new LinkedHashMap<>(16, 0.75f, true);

    /** @param maximum the most clients, and the most addresses, that are kept */
    ClientIndex(int maximum) {
        this.maximum = maximum;
    }

    synchronized Change learn(BootClient said, InetAddress address) {
        Optional<BootClient> known = Optional.ofNullable(clients.get(said.mac()));
        BootClient client = merge(known, said).toBuilder().address(address).build();
        clients.put(client.mac(), client);
        MacAddress former = places.put(new ClientAddress(address, client.link()), client.mac());
        trim(places);
        boolean isNews = !known.equals(Optional.of(client)) || !client.mac().equals(former);
        return new Change(isNews ? Optional.of(client) : Optional.empty(), trim(clients));
    }

    synchronized Optional<BootClient> at(InetAddress address, String link) {
        ClientAddress place = new ClientAddress(address, link);
        MacAddress mac = places.get(place);
        if (mac == null) {
            // A client of which the link is not known may be on any.
            mac = places.get(new ClientAddress(address, ""));
        }
        return mac == null
                ? place.mac()
                        .flatMap(this::find)
                        .filter(client ->
                                client.link().isEmpty() || client.link().equals(link))
                : find(mac);
    }

    synchronized Optional<BootClient> find(MacAddress mac) {
        return Optional.ofNullable(clients.get(mac));
    }

    synchronized int size() {
        return clients.size();
    }

    /** An installer or an operating system does not unsay what the firmware, or a loader after it, said. */
    private static BootClient merge(Optional<BootClient> known, BootClient said) {
        if (known.isEmpty() || tells(said)) {
            BootClient.Builder builder = said.toBuilder();
            if (said.uuid().isEmpty()) {
                known.flatMap(BootClient::uuid).ifPresent(builder::uuid);
            }
            return builder.build();
        }
        if (!tells(known.get())) {
            return said;
        }
        return said.link().isEmpty()
                ? known.get()
                : known.get().toBuilder().link(said.link()).build();
    }

    /** Whether it speaks as boot firmware: option 60 of RFC 4578 or RFC 5970 style, option 175, or an option 93. */
    static boolean tells(BootClient client) {
        String vendorClass = client.vendorClass().orElse("");
        return vendorClass.startsWith("PXEClient")
                || vendorClass.startsWith("HTTPClient")
                || !client.features().isEmpty()
                || !client.architecture().equals(FirmwareArchitecture.BIOS_X86);
    }

    private <K, V> Optional<K> trim(Map<K, V> map) {
        if (map.size() <= maximum) {
            return Optional.empty();
        }
        Iterator<K> oldest = map.keySet().iterator();
        K key = oldest.next();
        oldest.remove();
        return Optional.of(key);
    }
}
