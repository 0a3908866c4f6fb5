package io.slipway.boot.policy;

import io.slipway.boot.Machine;
import io.slipway.boot.MachineIdentity;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * What only one machine can have: its name (a {@link String}), what identifies it (a {@link MachineIdentity}), and the
 * addresses that are reserved for it (an {@link InetAddress}). None of these ever equals one of another kind, so that
 * they are keys of one map.
 */
final class Claims {

    private Claims() {}

    /** The name first. */
    static List<Object> of(Machine machine) {
        List<Object> claims = new ArrayList<>(
                1 + machine.identities().size() + machine.addresses().size());
        claims.add(machine.name());
        claims.addAll(machine.identities());
        claims.addAll(machine.addresses());
        return claims;
    }

    /** For a message: {@code MAC 52:54:00:12:34:56}, {@code address 10.0.0.7}. */
    static String describe(Object claim) {
        if (claim instanceof MachineIdentity.Mac mac) {
            return "MAC " + mac.address();
        }
        if (claim instanceof MachineIdentity.Uuid uuid) {
            return "UUID " + uuid.uuid();
        }
        if (claim instanceof MachineIdentity.ClientId id) {
            return "client identifier " + MachineValues.readable(id.hex());
        }
        if (claim instanceof MachineIdentity.CircuitId id) {
            return "circuit identifier " + MachineValues.readable(id.hex());
        }
        if (claim instanceof InetAddress address) {
            return "address " + address.getHostAddress();
        }
        return "name '" + claim + "'";
    }
}
