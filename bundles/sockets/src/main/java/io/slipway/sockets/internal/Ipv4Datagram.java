package io.slipway.sockets.internal;

import io.netty.buffer.ByteBuf;
import java.net.Inet4Address;
import java.nio.ByteBuffer;

/** A UDP datagram with its IPv4 header, as the kernel would write it. */
final class Ipv4Datagram {

    static final int IP_HEADER = 20;
    static final int UDP_HEADER = 8;

    private static final int UDP = 17;
    private static final int TIME_TO_LIVE = 64;
    private static final int DO_NOT_FRAGMENT = 0x4000;
    private static final int IP_CHECKSUM_AT = 10;
    private static final int ADDRESSES_AT = 12;
    private static final int ADDRESSES = 8;
    private static final int UDP_CHECKSUM_AT = IP_HEADER + 6;

    private Ipv4Datagram() {}

    static int length(ByteBuf content) {
        return IP_HEADER + UDP_HEADER + content.readableBytes();
    }

    /**
     * Of {@link #length} bytes; leaves the buffer as it is. Ethernet wants 46 bytes at least: the driver pads, and the
     * length in the header tells.
     */
    static byte[] of(ByteBuf content, Inet4Address from, int fromPort, Inet4Address to, int toPort) {
        int udpLength = UDP_HEADER + content.readableBytes();
        ByteBuffer bytes = ByteBuffer.allocate(IP_HEADER + udpLength);
        // RFC 791 section 3.1: version 4, five words of header, no special service
        bytes.put((byte) 0x45).put((byte) 0).putShort((short) bytes.capacity());
        // RFC 6864 section 4.1: what is never fragmented needs no identification
        bytes.putShort((short) 0).putShort((short) DO_NOT_FRAGMENT);
        bytes.put((byte) TIME_TO_LIVE).put((byte) UDP).putShort((short) 0);
        bytes.put(from.getAddress()).put(to.getAddress());
        bytes.putShort((short) fromPort).putShort((short) toPort);
        bytes.putShort((short) udpLength).putShort((short) 0);
        content.getBytes(content.readerIndex(), bytes.array(), bytes.position(), content.readableBytes());
        bytes.putShort(IP_CHECKSUM_AT, checksum(sum(bytes, 0, IP_HEADER)));
        // RFC 768: over a pseudo header of addresses, protocol and length, too; 0 would mean that there is none
        short checksum =
                checksum(sum(bytes, ADDRESSES_AT, ADDRESSES) + UDP + udpLength + sum(bytes, IP_HEADER, udpLength));
        bytes.putShort(UDP_CHECKSUM_AT, checksum == 0 ? (short) 0xffff : checksum);
        return bytes.array();
    }

    /** Of 16-bit words; an odd last byte counts as if a zero followed. */
    private static long sum(ByteBuffer bytes, int from, int length) {
        long sum = 0;
        int end = from + length;
        for (int at = from; at + 1 < end; at += 2) {
            sum += bytes.getShort(at) & 0xffff;
        }
        return length % 2 == 0 ? sum : sum + ((bytes.get(end - 1) & 0xff) << 8);
    }

    /** The one's complement of the one's complement sum (RFC 1071). */
    private static short checksum(long sum) {
        long folded = sum;
        while (folded >> 16 != 0) {
            folded = (folded & 0xffff) + (folded >> 16);
        }
        return (short) ~folded;
    }
}
