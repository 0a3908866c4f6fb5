package io.slipway.storage.oci;

import java.io.IOException;

/** A registry that cannot be asked, or did not answer as it should. The message names it, the address and the cure. */
final class RegistryException extends IOException {

    private static final long serialVersionUID = 1;

    private final int status;

    /** @param status of the answer; 0 when there was none */
    RegistryException(String message, int status, Exception cause) {
        super(message, cause);
        this.status = status;
    }

    RegistryException(String message, int status) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }

    /** Whether the registry said nothing at all: nobody else need be asked about this now. */
    boolean isUnanswered() {
        return status == 0;
    }

    /** Whether the same may go well a little later. */
    boolean isPassing() {
        return status == 0 || status == 429 || status >= 500;
    }

    /** Whether the registry answers, but not to us, or not about this. */
    boolean isDenial() {
        return status == 401 || status == 403 || status == 404;
    }
}
