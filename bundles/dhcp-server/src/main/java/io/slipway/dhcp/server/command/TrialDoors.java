package io.slipway.dhcp.server.command;

import io.slipway.sockets.DatagramDoor;
import io.slipway.sockets.Doors;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.support.CommandException;

/** Where a packet of a trial comes in: one of the open doors, which is looked at and never used. */
final class TrialDoors {

    static final String DHCP = "dhcp";
    static final String PXE = "pxe";

    private TrialDoors() {}

    /** The interfaces with a door of this name. */
    static List<String> links(Doors doors, String name) {
        return all(doors, name).stream().map(door -> door.link().name()).toList();
    }

    /**
     * The door of an interface; without one, the only door of that name.
     *
     * @param name {@link #DHCP} or {@link #PXE}
     */
    static DatagramDoor of(Doors doors, String name, Optional<String> link) throws CommandException {
        List<DatagramDoor> all = all(doors, name);
        List<DatagramDoor> fitting = all.stream()
                .filter(door -> link.isEmpty() || link.get().equals(door.link().name()))
                .toList();
        if (all.isEmpty()) {
            throw new CommandException("no door '" + name
                    + "' is open; expected one in 'doors', on an interface of 'interfaces', in"
                    + " etc/io.slipway.sockets.cfg");
        }
        if (fitting.size() != 1) {
            throw new CommandException((link.isEmpty() ? "--interface is missing" : "--interface " + link.get())
                    + "; expected one of " + String.join(", ", links(doors, name)));
        }
        return fitting.get(0);
    }

    private static List<DatagramDoor> all(Doors doors, String name) {
        return doors.open().stream()
                .filter(door -> door.name().equals(name))
                .filter(DatagramDoor.class::isInstance)
                .map(DatagramDoor.class::cast)
                .toList();
    }
}
