package io.slipway.boot;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

/** One thing by which a machine is told from others. */
public sealed interface MachineIdentity {

    /** The hardware address of one of its interfaces: it holds for every client identifier that a boot shows. */
    record Mac(MacAddress address) implements MachineIdentity {
        public Mac {
            Objects.requireNonNull(address, "address");
        }
    }

    /** What the firmware says the machine is (option 97). */
    record Uuid(UUID uuid) implements MachineIdentity {
        public Uuid {
            Objects.requireNonNull(uuid, "uuid");
        }
    }

    /**
     * Option 61, whole.
     *
     * @param hex its bytes in hexadecimal, lower case, without separators
     */
    record ClientId(String hex) implements MachineIdentity {
        public ClientId {
            hex = octets(hex);
        }
    }

    /**
     * The port of the switch it is plugged into: the relay agent's circuit identifier (RFC 3046 section 3.1).
     *
     * @param hex its bytes in hexadecimal, lower case, without separators
     */
    record CircuitId(String hex) implements MachineIdentity {
        public CircuitId {
            hex = octets(hex);
        }
    }

    private static String octets(String hex) {
        boolean isHex = hex.length() >= 2 && hex.length() <= 510 && hex.length() % 2 == 0;
        // A loop: this is asked for every packet.
        for (int i = 0; isHex && i < hex.length(); i++) {
            isHex = HexFormat.isHexDigit(hex.charAt(i));
        }
        if (!isHex) {
            throw new IllegalArgumentException("'" + hex + "'; expected 1 to 255 bytes in hexadecimal");
        }
        return hex.toLowerCase(Locale.ROOT);
    }
}
