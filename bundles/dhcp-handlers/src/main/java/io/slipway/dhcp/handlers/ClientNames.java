package io.slipway.dhcp.handlers;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What a client says it is, in one array, because there is one for each of a million leases: a length byte, as many
 * bytes of the client identifier (option 61), and the rest is the host name (option 12). Empty when it says neither.
 */
final class ClientNames {

    /** Nothing said. */
    static final byte[] NONE = {};

    /** Bytes that are kept of each: several options of one code may make more (RFC 3396). */
    static final int LONGEST = 255;

    private ClientNames() {}

    /**
     * @param hostName to be shown on terminals: what is not printable ASCII becomes a question mark
     */
    static byte[] pack(byte[] clientId, byte[] hostName) {
        int idLength = Math.min(clientId.length, LONGEST);
        int nameLength = Math.min(printableLength(hostName), LONGEST);
        if (idLength == 0 && nameLength == 0) {
            return NONE;
        }
        byte[] packed = new byte[1 + idLength + nameLength];
        packed[0] = (byte) idLength;
        System.arraycopy(clientId, 0, packed, 1, idLength);
        for (int i = 0; i < nameLength; i++) {
            byte octet = hostName[i];
            packed[1 + idLength + i] = octet > ' ' && octet <= '~' ? octet : (byte) '?';
        }
        return packed;
    }

    static byte[] of(Lease lease) {
        return pack(HexFormat.of().parseHex(lease.clientId()), lease.hostName().getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Some clients count a NUL (RFC 2132 section 2). */
    private static int printableLength(byte[] text) {
        int length = text.length;
        while (length > 0 && text[length - 1] == 0) {
            length--;
        }
        return length;
    }

    /** These names, and for what they lack those of before: not every stage of a boot says all. */
    static byte[] orElse(byte[] names, byte[] before) {
        if (names.length == 0 || before.length == 0) {
            return names.length == 0 ? before : names;
        }
        boolean hasId = names[0] != 0;
        boolean hasName = names.length > 1 + (names[0] & 0xff);
        if (hasId && hasName) {
            return Arrays.equals(names, before) ? before : names;
        }
        return pack(hasId ? clientIdBytes(names) : clientIdBytes(before), hostNameBytes(hasName ? names : before));
    }

    /** In hexadecimal. */
    static String clientId(byte[] names) {
        return HexFormat.of().formatHex(clientIdBytes(names));
    }

    static String hostName(byte[] names) {
        return new String(hostNameBytes(names), StandardCharsets.ISO_8859_1);
    }

    static byte[] clientIdBytes(byte[] names) {
        return names.length == 0 ? NONE : Arrays.copyOfRange(names, 1, 1 + (names[0] & 0xff));
    }

    static byte[] hostNameBytes(byte[] names) {
        return names.length == 0 ? NONE : Arrays.copyOfRange(names, 1 + (names[0] & 0xff), names.length);
    }
}
