package io.slipway.dhcp.handlers.command;

import io.slipway.boot.MacAddress;
import io.slipway.boot.Machine;
import io.slipway.boot.MachineIdentity;
import io.slipway.boot.Machines;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.handlers.Lease;
import io.slipway.dhcp.handlers.Leases;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.karaf.shell.support.CommandException;

/** What an operator means by an address, a MAC address or the name of a machine. */
record LeaseLookup(Leases leases, Optional<Machines> machines) {

    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+\\.[0-9.]*");
    private static final Pattern MAC = Pattern.compile("\\p{XDigit}{2}([:-]\\p{XDigit}{2})+|\\p{XDigit}{12}");

    /** Whether it has the form of an IPv4 address, right or wrong. */
    static boolean isAddress(String text) {
        return ADDRESS.matcher(text).matches();
    }

    /** Whether it has the form of a MAC address, right or wrong. */
    static boolean isMac(String text) {
        return MAC.matcher(text).matches();
    }

    static Inet4Address address(String text) throws CommandException {
        try {
            return Addresses.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }

    static MacAddress mac(String text) throws CommandException {
        try {
            return MacAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }

    /** The machine of a name. */
    Machine machine(String name) throws CommandException {
        return machines.flatMap(known -> known.named(name))
                .orElseThrow(() -> new CommandException("'" + name
                        + "' is no address such as 192.0.2.1, no MAC address such as 52:54:00:12:34:56, and no machine"
                        + " that machine:list shows"));
    }

    /** All leases of what is named, those that have ended too; none when nothing is known. */
    List<Lease> find(String text) throws CommandException {
        if (isAddress(text)) {
            return leases.at(address(text)).stream().toList();
        }
        if (isMac(text)) {
            return leases.of(mac(text));
        }
        List<Lease> found = new ArrayList<>();
        for (MachineIdentity identity : machine(text).identities()) {
            if (identity instanceof MachineIdentity.Mac mac) {
                found.addAll(leases.of(mac.address()));
            } else if (identity instanceof MachineIdentity.ClientId id) {
                leases.desk().forEach(lease -> {
                    if (lease.clientId().equals(id.hex())) {
                        found.add(lease);
                    }
                });
            }
        }
        return found.stream().distinct().toList();
    }
}
