package io.slipway.dhcp.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.UUID;

/** The machine's UUID as firmware sends it (RFC 4578 section 2.3). */
public final class MachineUuid {

    private static final int LENGTH = 17;
    private static final int TYPE_GUID = 0;

    private MachineUuid() {}

    /**
     * Type 0 and 16 bytes, laid out as in SMBIOS: the first three fields little-endian, so that the result reads as
     * the machine's own setup screen shows it. Other lengths and types, and the all-zero and all-one UUIDs of boards on
     * which none was set, are no UUID.
     */
    public static Optional<UUID> parse(byte[] bytes) {
        if (bytes.length != LENGTH || bytes[0] != TYPE_GUID) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 1, LENGTH - 1).order(ByteOrder.LITTLE_ENDIAN);
        long high = Integer.toUnsignedLong(in.getInt()) << 32
                | Short.toUnsignedLong(in.getShort()) << 16
                | Short.toUnsignedLong(in.getShort());
        long low = in.order(ByteOrder.BIG_ENDIAN).getLong();
        boolean isUnset = high == low && (low == 0 || low == -1);
        return isUnset ? Optional.empty() : Optional.of(new UUID(high, low));
    }
}
