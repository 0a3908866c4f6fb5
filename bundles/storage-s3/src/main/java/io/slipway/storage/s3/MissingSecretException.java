package io.slipway.storage.s3;

import java.io.IOException;

/** A secret is not where the configuration says. The message names the reference and the cure. */
final class MissingSecretException extends IOException {

    private static final long serialVersionUID = 1L;

    MissingSecretException(String message) {
        super(message);
    }

    MissingSecretException(String message, Throwable cause) {
        super(message, cause);
    }
}
