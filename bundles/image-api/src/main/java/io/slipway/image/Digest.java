package io.slipway.image;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A SHA-256 digest, the name of a blob.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Digest(String hex) {

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    public Digest {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("digest '" + hex + "'; expected 64 lower-case hexadecimal digits");
        }
    }

    /** A new SHA-256 sum, of nothing yet. */
    public static MessageDigest sum() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** What a sum is so far; it can be gone on with. */
    public static Digest soFar(MessageDigest sum) {
        try {
            return of(((MessageDigest) sum.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the SHA-256 of every Java platform can be copied", e);
        }
    }

    /** The digest of bytes that are in memory. */
    public static Digest ofContent(byte[] bytes) {
        return of(sum().digest(bytes));
    }

    /** From the 32 bytes of a SHA-256 sum. */
    public static Digest of(byte[] sha256) {
        return new Digest(HexFormat.of().formatHex(sha256));
    }

    /** From OCI's form, {@code sha256:…} (image-spec, descriptor). */
    public static Digest parse(String text) {
        if (!text.startsWith("sha256:")) {
            throw new IllegalArgumentException("digest '" + text + "'; expected sha256: and 64 hexadecimal digits");
        }
        return new Digest(text.substring("sha256:".length()));
    }

    /** OCI's form, {@code sha256:…}. */
    @Override
    public String toString() {
        return "sha256:" + hex;
    }
}
