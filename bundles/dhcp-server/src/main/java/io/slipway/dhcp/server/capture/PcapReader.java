package io.slipway.dhcp.server.capture;

import java.io.IOException;
import java.io.InputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads a capture in the classic pcap format, of either byte order, with microseconds or nanoseconds. Holds one packet at
 * a time. Whatever the bytes are, it fails with {@link IOException} alone.
 */
public final class PcapReader {

    private static final int MICRO = 0xa1b2c3d4;
    private static final int NANO = 0xa1b23c4d;
    private static final int PCAPNG = 0x0a0d0d0a;

    private static final int FILE_HEADER = 24;
    private static final int PACKET_HEADER = 16;

    /** What tcpdump and Wireshark take for the longest packet. */
    private static final int MOST_BYTES = 262_144;

    private static final int UDP = 17;
    private static final int UDP_HEADER = 8;
    private static final int LEAST_IP_HEADER = 20;

    /** RFC 791 section 3.1: more fragments, and the fragment's offset. */
    private static final int FRAGMENT = 0x3fff;

    private final InputStream in;
    private final ByteOrder order;
    private final int nanosOfFraction;
    private final LinkType linkType;
    private long packets;
    private long incomplete;

    /**
     * Reads the file's header.
     *
     * @throws BrokenCaptureException it is none that is understood; the message says what it is, and what to do
     */
    public PcapReader(InputStream in) throws IOException {
        this.in = in;
        byte[] bytes = in.readNBytes(FILE_HEADER);
        if (bytes.length >= 4 && ByteBuffer.wrap(bytes).getInt() == PCAPNG) {
            throw new BrokenCaptureException("this is a pcapng file; expected pcap: convert it with"
                    + " 'tshark -F pcap -r FILE -w OUT.pcap' or 'editcap -F pcap FILE OUT.pcap'");
        }
        if (bytes.length < FILE_HEADER) {
            throw new BrokenCaptureException(
                    "the file has " + bytes.length + " bytes; expected a pcap file, of at least " + FILE_HEADER);
        }
        ByteBuffer header = ByteBuffer.wrap(bytes);
        order = isMagic(header.getInt(0)) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        header.order(order);
        if (!isMagic(header.getInt(0))) {
            throw new BrokenCaptureException(
                    "the file does not begin as a pcap file does; expected one that 'tcpdump -w' wrote");
        }
        nanosOfFraction = header.getInt(0) == NANO ? 1 : 1000;
        // the upper bits tell of checksums behind each frame, which nobody reads here
        int code = header.getInt(20) & 0xffff;
        linkType = LinkType.of(code)
                .orElseThrow(() ->
                        new BrokenCaptureException("packets of link type " + code + "; expected " + LinkType.names()));
    }

    private static boolean isMagic(int word) {
        return word == MICRO || word == NANO;
    }

    /** Packets that were read so far. */
    public long packets() {
        return packets;
    }

    /** UDP datagrams of which the capture has a part only: cut off by it (tcpdump's -s), or in fragments. */
    public long incomplete() {
        return incomplete;
    }

    /**
     * The next UDP datagram; empty at the end of the file.
     *
     * @throws BrokenCaptureException the file is broken from here on
     */
    public Optional<CapturedDatagram> next() throws IOException {
        while (true) {
            byte[] bytes = in.readNBytes(PACKET_HEADER);
            if (bytes.length == 0) {
                return Optional.empty();
            }
            packets++;
            if (bytes.length < PACKET_HEADER) {
                throw endsWithin();
            }
            ByteBuffer header = ByteBuffer.wrap(bytes).order(order);
            int length = header.getInt(8);
            if (length < 0 || length > MOST_BYTES) {
                throw new BrokenCaptureException("packet " + packets + " of the file has "
                        + Integer.toUnsignedString(length) + " bytes; expected at most " + MOST_BYTES);
            }
            byte[] frame = in.readNBytes(length);
            if (frame.length < length) {
                throw endsWithin();
            }
            Optional<ByteBuffer> packet = linkType.packet(ByteBuffer.wrap(frame));
            Optional<CapturedDatagram> datagram =
                    packet.isPresent() ? datagram(time(header), packet.get()) : Optional.empty();
            if (datagram.isPresent()) {
                return datagram;
            }
        }
    }

    private BrokenCaptureException endsWithin() {
        return new BrokenCaptureException("the file ends within packet " + packets + ", it was cut off");
    }

    private Instant time(ByteBuffer header) {
        try {
            long nanos = Integer.toUnsignedLong(header.getInt(4)) * nanosOfFraction;
            return Instant.ofEpochSecond(Integer.toUnsignedLong(header.getInt(0)), nanos);
        } catch (DateTimeException | ArithmeticException e) {
            return Instant.EPOCH;
        }
    }

    /** RFC 791 section 3.1, RFC 768. */
    private Optional<CapturedDatagram> datagram(Instant time, ByteBuffer packet) {
        if (packet.remaining() < LEAST_IP_HEADER || packet.get(0) >> 4 != 4 || packet.get(9) != UDP) {
            return Optional.empty();
        }
        int header = (packet.get(0) & 0xf) * 4;
        boolean isFragment = (packet.getShort(6) & FRAGMENT) != 0;
        if (header < LEAST_IP_HEADER || isFragment || packet.remaining() < header + UDP_HEADER) {
            incomplete++;
            return Optional.empty();
        }
        int length = Short.toUnsignedInt(packet.getShort(header + 4)) - UDP_HEADER;
        int at = header + UDP_HEADER;
        if (length < 0 || packet.remaining() < at + length) {
            incomplete++;
            return Optional.empty();
        }
        byte[] payload = new byte[length];
        packet.get(at, payload);
        return Optional.of(new CapturedDatagram(
                packets,
                time,
                new InetSocketAddress(address(packet, 12), Short.toUnsignedInt(packet.getShort(header))),
                new InetSocketAddress(address(packet, 16), Short.toUnsignedInt(packet.getShort(header + 2))),
                payload));
    }

    private static Inet4Address address(ByteBuffer packet, int at) {
        byte[] bytes = new byte[4];
        packet.get(at, bytes);
        try {
            return (Inet4Address) InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
