package io.slipway.storage.s3;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The sums that every Java platform has. */
final class Sums {

    private Sums() {}

    static MessageDigest sha256() {
        return of("SHA-256");
    }

    /** Only for {@code Content-MD5}, by which the store sees what the network has damaged (RFC 1864). */
    static MessageDigest md5() {
        return of("MD5");
    }

    private static MessageDigest of(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
