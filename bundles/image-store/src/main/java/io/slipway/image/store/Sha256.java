package io.slipway.image.store;

import io.slipway.image.Digest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest of bytes that are in memory already. */
final class Sha256 {

    private Sha256() {}

    static Digest of(byte[] bytes) {
        try {
            return Digest.of(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
