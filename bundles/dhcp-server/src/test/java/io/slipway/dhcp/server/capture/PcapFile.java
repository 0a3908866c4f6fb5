package io.slipway.dhcp.server.capture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes captures, for tests. */
public final class PcapFile {

    private static final int MICRO = 0xa1b2c3d4;
    private static final int NANO = 0xa1b23c4d;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ByteOrder order;

    PcapFile(ByteOrder order, boolean isNano, int linkType) {
        this.order = order;
        bytes.writeBytes(ByteBuffer.allocate(24)
                .order(order)
                .putInt(isNano ? NANO : MICRO)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(262_144)
                .putInt(linkType)
                .array());
    }

    /** As tcpdump writes it on Ethernet. */
    public static PcapFile ethernet() {
        return new PcapFile(ByteOrder.LITTLE_ENDIAN, false, 1);
    }

    public byte[] bytes() {
        return bytes.toByteArray();
    }

    /** Adds a packet. */
    PcapFile frame(byte[]... parts) {
        byte[] frame = join(parts);
        bytes.writeBytes(ByteBuffer.allocate(16)
                .order(order)
                .putInt(1_700_000_000)
                .putInt(7)
                .putInt(frame.length)
                .putInt(frame.length)
                .array());
        bytes.writeBytes(frame);
        return this;
    }

    /** Adds a UDP datagram in an Ethernet frame. */
    public PcapFile datagram(String from, int fromPort, String to, int toPort, byte[] payload) {
        return frame(new byte[12], new byte[] {8, 0}, udp(from, fromPort, to, toPort, payload));
    }

    /** An IPv4 packet without checksums. */
    static byte[] udp(String from, int fromPort, String to, int toPort, byte[] payload) {
        ByteBuffer packet = ByteBuffer.allocate(28 + payload.length);
        packet.put((byte) 0x45).put((byte) 0).putShort((short) packet.capacity());
        packet.putInt(0).put((byte) 64).put((byte) 17).putShort((short) 0);
        packet.put(address(from)).put(address(to));
        packet.putShort((short) fromPort).putShort((short) toPort);
        packet.putShort((short) (8 + payload.length)).putShort((short) 0);
        return packet.put(payload).array();
    }

    private static byte[] address(String text) {
        byte[] address = new byte[4];
        String[] parts = text.split("\\.");
        for (int i = 0; i < 4; i++) {
            address[i] = (byte) Integer.parseInt(parts[i]);
        }
        return address;
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
