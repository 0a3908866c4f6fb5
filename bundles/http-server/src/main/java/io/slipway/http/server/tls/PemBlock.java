package io.slipway.http.server.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What stands between a BEGIN and its END in a PEM file (RFC 7468).
 *
 * @param label for example {@code CERTIFICATE}
 * @param text in Base64, and headers before that where it is encrypted (RFC 1421)
 */
record PemBlock(String label, String text) {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    static List<PemBlock> in(byte[] file) {
        return BLOCK.matcher(new String(file, ISO_8859_1))
                .results()
                .map(block -> new PemBlock(block.group(1), block.group(2)))
                .toList();
    }

    /** Whether a passphrase is needed to read it. */
    boolean isEncrypted() {
        return label.startsWith("ENCRYPTED ") || text.contains("ENCRYPTED");
    }

    /** @throws IllegalArgumentException when this is no Base64; does not say what it is */
    byte[] bytes() {
        try {
            return Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a " + label + " that is not Base64");
        }
    }
}
