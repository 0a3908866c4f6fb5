package io.slipway.boot.journal;

import io.slipway.boot.BootEvent;
import io.slipway.boot.MacAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sorts events into boots. Not safe for use by many threads. */
public final class Boots {

    private final List<Boot> boots = new ArrayList<>();
    private final Map<String, Boot> current = new HashMap<>();
    private final Map<InetAddress, String> machineAt = new HashMap<>();

    public static Boots of(List<BootEvent> events) {
        Boots boots = new Boots();
        events.forEach(boots::place);
        return boots;
    }

    /** The boot to which an event belongs, which has it now. Give the events in order. */
    public Boot place(BootEvent event) {
        String machine = machineOf(event);
        Boot boot = current.get(machine);
        if (boot == null || boot.isOverWith(event)) {
            boot = new Boot(machine, event);
            current.put(machine, boot);
            boots.add(boot);
        } else {
            boot.add(event);
        }
        return boot;
    }

    /** An event without a MAC belongs to the machine that was last seen with its address. */
    private String machineOf(BootEvent event) {
        Optional<String> mac = event.mac().map(MacAddress::toString);
        if (mac.isPresent()) {
            event.address().ifPresent(address -> machineAt.put(address, mac.get()));
            return mac.get();
        }
        return event.address()
                .map(address -> machineAt.getOrDefault(address, EventText.address(address)))
                .orElse("unknown");
    }

    /** All boots, the one that began first at first. */
    public List<Boot> all() {
        return List.copyOf(boots);
    }

    /** The boots of a machine. */
    public List<Boot> of(String machine) {
        return boots.stream().filter(boot -> boot.machine().equals(machine)).toList();
    }

    /** The machines that have boots, in order of their first. */
    public List<String> machines() {
        return boots.stream().map(Boot::machine).distinct().toList();
    }
}
