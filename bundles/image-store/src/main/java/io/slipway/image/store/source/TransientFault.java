package io.slipway.image.store.source;

import java.io.IOException;
import java.time.Duration;

/** What may be otherwise when it is tried again: a network, or a server that is busy. */
final class TransientFault extends IOException {

    private static final long serialVersionUID = 1L;

    private final Duration notBefore;

    /** @param notBefore how long the server wants to be left alone; zero when it has not said */
    TransientFault(String message, Duration notBefore, Throwable cause) {
        super(message, cause);
        this.notBefore = notBefore;
    }

    TransientFault(String message, Throwable cause) {
        this(message, Duration.ZERO, cause);
    }

    TransientFault(String message, Duration notBefore) {
        super(message);
        this.notBefore = notBefore;
    }

    Duration notBefore() {
        return notBefore;
    }
}
