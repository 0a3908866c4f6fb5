package io.slipway.dhcp.handlers;

import io.slipway.boot.MacAddress;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.state.Entry;
import io.slipway.state.Key;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A lease as it is stored: at {@code dhcp/lease/<address>}, version (1 byte, 2), who wrote it (8), state (1), MAC (6),
 * start and end (8 each, seconds since 1970), client identifier and host name (each a length byte and as many bytes).
 * All numbers in network order.
 */
final class LeaseRecord {

    static final Key PREFIX = Key.of("dhcp", "lease");

    private static final int VERSION = 2;
    private static final HexFormat HEX = HexFormat.of();

    private LeaseRecord() {}

    static Key key(Lease lease) {
        return PREFIX.child(lease.address().getHostAddress());
    }

    /**
     * @param writer tells the records of one writer from those of others
     */
    static byte[] encode(Lease lease, long writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeLong(writer);
            out.writeByte(lease.state().code());
            out.write(lease.mac().octets());
            out.writeLong(lease.start());
            out.writeLong(lease.end());
            writeShort(out, HEX.parseHex(lease.clientId()));
            writeShort(out, lease.hostName().getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory takes every write", e);
        }
        return bytes.toByteArray();
    }

    /**
     * @throws IllegalArgumentException the record is not a lease of a known version
     */
    static Lease decode(Entry entry) {
        return decode(entry.key(), entry.bytes());
    }

    /**
     * @throws IllegalArgumentException the record is not a lease of a known version
     */
    static Lease decode(Key key, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            int version = in.get();
            if (version != VERSION) {
                throw new IllegalArgumentException("version " + version + "; expected " + VERSION);
            }
            in.getLong();
            Lease.State state = Lease.State.of(in.get());
            MacAddress mac = MacAddress.of(read(in, MacAddress.LENGTH));
            long start = in.getLong();
            long end = in.getLong();
            String clientId = HEX.formatHex(read(in, in.get() & 0xff));
            String hostName = new String(read(in, in.get() & 0xff), StandardCharsets.ISO_8859_1);
            return new Lease(address(key.name()), mac, clientId, hostName, start, end, state);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("ends after " + in.limit() + " bytes", e);
        }
    }

    /** Whether a writer wrote these bytes, which need not be a lease. */
    static boolean isBy(long writer, byte[] bytes) {
        return bytes.length > Long.BYTES
                && bytes[0] == VERSION
                && ByteBuffer.wrap(bytes).getLong(1) == writer;
    }

    /** As {@link Addresses#parse}, which takes a microsecond, and a million leases are read at a start. */
    private static Inet4Address address(String text) {
        int bits = 0;
        int number = -1;
        int dots = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9' && number < 256) {
                number = Math.max(number, 0) * 10 + c - '0';
            } else if (c == '.' && number >= 0 && number < 256) {
                bits = bits << 8 | number;
                number = -1;
                dots++;
            } else {
                return Addresses.parse(text);
            }
        }
        return dots == 3 && number >= 0 && number < 256 ? Addresses.of(bits << 8 | number) : Addresses.parse(text);
    }

    private static void writeShort(DataOutputStream out, byte[] bytes) throws IOException {
        int length = Math.min(bytes.length, 255);
        out.writeByte(length);
        out.write(bytes, 0, length);
    }

    private static byte[] read(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
