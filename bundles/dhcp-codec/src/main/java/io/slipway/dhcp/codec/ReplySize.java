package io.slipway.dhcp.codec;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes a reply as small as its client can take. Options are left out by importance: never what the protocol needs, then
 * what the client boots with and reaches its server by, then what it asks for in its own order (RFC 2132 section 9.8),
 * the rest last. ISC dhcpd does the same, but for its use of option overload, which old ROMs cannot read.
 */
public final class ReplySize {

    /** RFC 2132 section 9.10: the least that option 57 may say, and what holds without it. A smaller value is raised. */
    private static final int LEAST = 576;

    /** More is not of use: the datagram would be sent in fragments. */
    private static final int MOST = 1500;

    /** Option 57 counts IP's and UDP's headers, as RFC 2131 section 2 counts its 576 bytes. */
    private static final int IP_AND_UDP = 28;

    /** RFC 951 section 3: BOOTP messages have 300 bytes. */
    private static final int BOOTP = 300;

    /** What comes first; the protocol's own, and 82, which the relay agent takes away, are not counted among these. */
    private static final int[] IMPORTANT = {53, 54, 51, 56, 61, 118, 1, 3, 67, 66, 60, 43, 175, 97, 6, 58, 59};

    private static final Set<Integer> ESSENTIAL = Set.of(53, 54, 51, 82);

    private ReplySize() {}

    /** The reply, or as much of it as a client takes that asked so. */
    public static DhcpMessage fit(DhcpMessage reply, DhcpMessage request) {
        int most = most(request);
        if (length(reply.options()) <= most) {
            return reply;
        }
        DhcpMessage.Builder fitted = reply.toBuilder();
        int room = most - Wire.HEADER_LENGTH - Wire.COOKIE_LENGTH - 1;
        for (int code : byImportance(reply, request)) {
            int length = length(reply.options().get(code));
            if (ESSENTIAL.contains(code) || length <= room) {
                room -= code == DhcpOptions.DHCP_AGENT_OPTIONS.code() ? 0 : length;
            } else {
                fitted.remove(code);
            }
        }
        return fitted.build();
    }

    /** The most bytes of a reply, from {@code op} to the END option, without option 82. */
    static int most(DhcpMessage request) {
        boolean isBootp = request.bytes(DhcpOptions.DHCP_MESSAGE_TYPE.code()).isEmpty();
        return request.option(DhcpOptions.DHCP_MAX_MESSAGE_SIZE)
                .map(size -> Math.min(Math.max(size, LEAST), MOST) - IP_AND_UDP)
                .orElse(isBootp ? BOOTP : LEAST - IP_AND_UDP);
    }

    private static Set<Integer> byImportance(DhcpMessage reply, DhcpMessage request) {
        Set<Integer> codes = new LinkedHashSet<>();
        for (int code : IMPORTANT) {
            codes.add(code);
        }
        for (byte code :
                request.bytes(DhcpOptions.DHCP_PARAMETER_REQUEST_LIST.code()).orElseGet(() -> new byte[0])) {
            codes.add(code & 0xff);
        }
        Set<Integer> present = new TreeSet<>();
        reply.options().forEach((code, value) -> present.add(code));
        codes.addAll(present);
        codes.retainAll(present);
        return codes;
    }

    private static int length(OptionBytes options) {
        Sum sum = new Sum();
        options.forEach(sum);
        return Wire.HEADER_LENGTH + Wire.COOKIE_LENGTH + 1 + sum.length;
    }

    /** How long options are on the wire, but for 82. */
    private static final class Sum implements OptionBytes.Visitor {
        private int length;

        @Override
        public void option(int code, byte[] value) {
            length += code == DhcpOptions.DHCP_AGENT_OPTIONS.code() ? 0 : ReplySize.length(value);
        }
    }

    /** With the header of each part (RFC 3396 section 6). */
    private static int length(byte[] value) {
        int parts = Math.max(1, (value.length + Wire.MOST_OPTION_BYTES - 1) / Wire.MOST_OPTION_BYTES);
        return value.length + 2 * parts;
    }
}
