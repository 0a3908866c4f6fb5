package io.slipway.image.store.source;

import io.slipway.image.Digest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The sum by which OCI names bytes. */
final class Sha256 {

    private Sha256() {}

    static MessageDigest start() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The sum so far, which may be asked for again, and gone on from. */
    static Digest end(MessageDigest sum) {
        try {
            return Digest.of(((MessageDigest) sum.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the SHA-256 of every Java platform can be copied", e);
        }
    }

    static Digest of(byte[] bytes) {
        return Digest.of(start().digest(bytes));
    }
}
