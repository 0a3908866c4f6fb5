package io.slipway.image.catalog.openpgp;

import java.time.Instant;
import java.util.Objects;

/**
 * Who has signed.
 *
 * @param fingerprint of the primary key, in upper-case hexadecimal digits
 * @param made when the signature was made, as it says
 */
public record Signer(String fingerprint, Instant made) {
    public Signer {
        Objects.requireNonNull(fingerprint, "fingerprint");
        Objects.requireNonNull(made, "made");
    }
}
