package io.slipway.image.catalog.openpgp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;

/** ASCII armor (RFC 9580 section 6): the bytes that its blocks stand for. */
final class Armor {

    private static final Pattern HEADER = Pattern.compile("[A-Za-z][A-Za-z-]*:( .*)?");

    private Armor() {}

    /** Every packet begins with a byte whose highest bit is set (RFC 9580 section 4.2), and no text does. */
    static boolean isBinary(byte[] bytes) {
        return bytes.length > 0 && (bytes[0] & 0x80) != 0;
    }

    static String begin(String type) {
        return "-----BEGIN PGP " + type + "-----";
    }

    static String end(String type) {
        return "-----END PGP " + type + "-----";
    }

    /**
     * The blocks of a type, at least one. What stands between blocks is for people.
     *
     * @param type such as {@code SIGNATURE}
     */
    static List<byte[]> decode(String text, String type) throws IOException {
        List<byte[]> blocks = new ArrayList<>();
        Iterator<String> lines = text.lines().map(String::stripTrailing).iterator();
        while (lines.hasNext()) {
            if (lines.next().equals(begin(type))) {
                blocks.add(block(lines, end(type)));
            }
        }
        if (blocks.isEmpty()) {
            throw new IOException("it has no line " + begin(type));
        }
        return blocks;
    }

    private static byte[] block(Iterator<String> lines, String end) throws IOException {
        StringBuilder body = new StringBuilder();
        boolean inHeaders = true;
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.equals(end)) {
                return bytes(body);
            }
            if (inHeaders && line.isEmpty()) {
                inHeaders = false;
            } else if (inHeaders) {
                if (!HEADER.matcher(line).matches()) {
                    throw new IOException("its armor has no empty line before the base64");
                }
            } else if (!line.startsWith("=")) {
                // What begins with = is a checksum, which counts for nothing (RFC 9580 section 6.1).
                body.append(line);
            }
        }
        throw new IOException("it ends before " + end);
    }

    private static byte[] bytes(StringBuilder base64) throws IOException {
        try {
            return Base64.getDecoder().decode(base64.toString());
        } catch (IllegalArgumentException e) {
            throw new IOException("its armor is no base64", e);
        }
    }
}
