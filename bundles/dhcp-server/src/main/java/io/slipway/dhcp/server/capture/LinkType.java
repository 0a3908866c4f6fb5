package io.slipway.dhcp.server.capture;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What comes before the IP packet, by tcpdump's registry of link types. */
enum LinkType {
    ETHERNET("Ethernet", 1) {
        @Override
        Optional<ByteBuffer> packet(ByteBuffer frame) {
            return payload(frame, 12, 14);
        }
    },
    RAW("raw IP", 101, 12, 14, 228) {
        @Override
        Optional<ByteBuffer> packet(ByteBuffer frame) {
            return Optional.of(frame);
        }
    },
    LINUX_COOKED("Linux cooked (SLL)", 113) {
        @Override
        Optional<ByteBuffer> packet(ByteBuffer frame) {
            return payload(frame, 14, 16);
        }
    },
    LINUX_COOKED_2("Linux cooked (SLL2)", 276) {
        @Override
        Optional<ByteBuffer> packet(ByteBuffer frame) {
            return payload(frame, 0, 20);
        }
    };

    private static final int IPV4 = 0x0800;

    /** IEEE 802.1Q and 802.1ad, and what came before that. */
    private static final List<Integer> VLAN = List.of(0x8100, 0x88a8, 0x9100);

    private static final int VLAN_TAG = 4;

    private final String text;

    @SuppressWarnings("ImmutableEnumChecker") // List.of makes it so
    private final List<Integer> codes;

    LinkType(String text, Integer... codes) {
        this.text = text;
        this.codes = List.of(codes);
    }

    /** The IPv4 packet of a frame; empty when it holds another protocol, or too few bytes to tell. */
    abstract Optional<ByteBuffer> packet(ByteBuffer frame);

    static Optional<LinkType> of(int code) {
        return Stream.of(values()).filter(type -> type.codes.contains(code)).findFirst();
    }

    /** All of them, for people. */
    static String names() {
        return String.join(
                ", ",
                Arrays.stream(values())
                        .map(type -> type.text + " (" + type.codes.get(0) + ")")
                        .toList());
    }

    /**
     * @param protocolAt where the EtherType stands
     * @param payloadAt where the packet, or a VLAN tag's remaining bytes, begin
     */
    private static Optional<ByteBuffer> payload(ByteBuffer frame, int protocolAt, int payloadAt) {
        if (frame.remaining() < payloadAt) {
            return Optional.empty();
        }
        int protocol = Short.toUnsignedInt(frame.getShort(protocolAt));
        int at = payloadAt;
        while (VLAN.contains(protocol) && frame.remaining() >= at + VLAN_TAG) {
            protocol = Short.toUnsignedInt(frame.getShort(at + 2));
            at += VLAN_TAG;
        }
        return protocol == IPV4 ? Optional.of(frame.slice(at, frame.remaining() - at)) : Optional.empty();
    }
}
