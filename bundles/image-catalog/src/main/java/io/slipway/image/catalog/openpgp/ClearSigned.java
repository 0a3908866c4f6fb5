package io.slipway.image.catalog.openpgp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A message of the cleartext signature framework (RFC 9580 section 7). Strict where others are lenient: whatever two
 * readers could take for different texts is refused.
 *
 * @param lines of the signed text, without what is not signed: dashes that were put before lines, blanks at their ends
 * @param signatures the packets of each armored block
 */
record ClearSigned(List<String> lines, List<byte[]> signatures) {

    private static final String BEGIN = "-----BEGIN PGP SIGNED MESSAGE-----";
    private static final String SIGNATURE = "SIGNATURE";

    /** The one header that may stand here (RFC 9580 section 7); it counts for nothing. */
    private static final Pattern HASH = Pattern.compile("Hash: [A-Za-z0-9, -]+");

    ClearSigned {
        lines = List.copyOf(lines);
        signatures = List.copyOf(signatures);
    }

    static boolean is(byte[] bytes) {
        return new String(bytes, 0, Math.min(bytes.length, BEGIN.length()), ISO_8859_1).equals(BEGIN);
    }

    /** @throws IOException what it is not, as in "it …" */
    static ClearSigned parse(byte[] message) throws IOException {
        List<String> all = split(message);
        int at = 0;
        if (all.isEmpty() || !withoutBlanks(all.get(at++)).equals(BEGIN)) {
            throw new IOException("it does not begin with " + BEGIN);
        }
        while (at < all.size() && !all.get(at).isEmpty()) {
            if (!HASH.matcher(all.get(at)).matches()) {
                throw new IOException("its line " + (at + 1) + " is no Hash header, and no other may stand there");
            }
            at++;
        }
        List<String> lines = new ArrayList<>();
        for (at++; at < all.size() && !isBeginOfSignature(all.get(at)); at++) {
            lines.add(withoutBlanks(unescaped(all.get(at), at)));
        }
        if (at >= all.size()) {
            throw new IOException("it ends before " + Armor.begin(SIGNATURE));
        }
        return new ClearSigned(lines, signatures(all.subList(at, all.size())));
    }

    /** The text that was signed: lines end with CR and LF, but the last one with nothing (RFC 9580 section 7.2). */
    byte[] canonical() {
        return String.join("\r\n", lines).getBytes(ISO_8859_1);
    }

    /** The same text with the usual ends of lines, which is all that may be believed of the message. */
    byte[] text() {
        return (String.join("\n", lines) + "\n").getBytes(ISO_8859_1);
    }

    /** Bytes above 127 pass as they are. A control character in a line is a line's end to some and not to others. */
    private static List<String> split(byte[] message) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : new String(message, ISO_8859_1).split("\n", -1)) {
            String bare = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            if (bare.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
                throw new IOException("its line " + (lines.size() + 1) + " has a control character");
            }
            lines.add(bare);
        }
        return lines;
    }

    /** RFC 9580 section 7.2: what begins with a dash has a dash and a blank before it, and other lines may. */
    private static String unescaped(String line, int at) throws IOException {
        if (line.startsWith("- ")) {
            return line.substring(2);
        }
        if (line.startsWith("-")) {
            throw new IOException("its line " + (at + 1) + " begins with a dash that is not escaped");
        }
        return line;
    }

    private static List<byte[]> signatures(List<String> lines) throws IOException {
        boolean isInside = false;
        for (String line : lines) {
            if (isBeginOfSignature(line)) {
                isInside = true;
            } else if (!isInside && !withoutBlanks(line).isEmpty()) {
                throw new IOException("it has text that is not signed behind the signature");
            }
            isInside &= !withoutBlanks(line).equals(Armor.end(SIGNATURE));
        }
        return Armor.decode(String.join("\n", lines), SIGNATURE);
    }

    private static boolean isBeginOfSignature(String line) {
        return withoutBlanks(line).equals(Armor.begin(SIGNATURE));
    }

    private static String withoutBlanks(String line) {
        int end = line.length();
        while (end > 0 && (line.charAt(end - 1) == ' ' || line.charAt(end - 1) == '\t')) {
            end--;
        }
        return line.substring(0, end);
    }
}
