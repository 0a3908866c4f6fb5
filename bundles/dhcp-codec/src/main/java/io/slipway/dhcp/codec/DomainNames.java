package io.slipway.dhcp.codec;

import io.netty.handler.codec.DecoderException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lists of domain names as DNS writes them (RFC 1035 section 3.1), which options 88, 119 and 141 hold. */
final class DomainNames {

    private static final int POINTER = 0xc0;
    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST_NAME = 253;

    private DomainNames() {}

    static List<String> parse(String text) {
        List<String> names = OptionText.items(text)
                .map(name -> name.toLowerCase(Locale.ROOT).replaceFirst("\\.$", ""))
                .toList();
        for (String name : names) {
            boolean isName = name.length() <= LONGEST_NAME && name.matches("[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63})*");
            if (!isName) {
                throw new IllegalArgumentException("'" + name + "' is not a domain name");
            }
        }
        return names;
    }

    /** Without compression, which RFC 3397 section 2 allows and some clients cannot read. */
    static byte[] encode(List<String> names) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String name : names) {
            for (String label : name.split("\\.")) {
                byte[] octets = label.getBytes(StandardCharsets.US_ASCII);
                if (octets.length == 0 || octets.length > LONGEST_LABEL) {
                    throw new IllegalArgumentException("'" + name + "' is not a domain name");
                }
                bytes.write(octets.length);
                bytes.writeBytes(octets);
            }
            bytes.write(0);
        }
        return bytes.toByteArray();
    }

    static List<String> decode(byte[] bytes) {
        List<String> names = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            StringBuilder name = new StringBuilder();
            at = read(bytes, at, name);
            names.add(name.toString());
        }
        if (names.isEmpty()) {
            throw new DecoderException("0 bytes; expected a domain name");
        }
        return List.copyOf(names);
    }

    /**
     * Reads one name. A pointer leads to bytes before it, so that none can lead round (RFC 1035 section 4.1.4).
     *
     * @return where the next name begins
     */
    private static int read(byte[] bytes, int start, StringBuilder name) {
        int at = start;
        int next = -1;
        int bound = bytes.length;
        while (at < bound) {
            int length = bytes[at] & 0xff;
            if (length == 0) {
                return next < 0 ? at + 1 : next;
            }
            if (length >= POINTER && at + 1 < bound) {
                next = next < 0 ? at + 2 : next;
                int target = ((length & ~POINTER) << 8) | (bytes[at + 1] & 0xff);
                if (target >= at) {
                    break;
                }
                bound = at;
                at = target;
            } else if (length <= LONGEST_LABEL && at + 1 + length <= bound) {
                name.append(name.isEmpty() ? "" : ".")
                        .append(new String(bytes, at + 1, length, StandardCharsets.ISO_8859_1));
                at += 1 + length;
            } else {
                break;
            }
        }
        throw new DecoderException("domain name at byte " + start + " does not end");
    }
}
