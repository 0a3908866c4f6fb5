package io.slipway.source.http;

import java.io.IOException;

/** The other server did not give what it was asked for. */
final class UpstreamException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean isDown;

    /** @param isDown whether it would not give anything else now, either */
    UpstreamException(String message, boolean isDown) {
        super(message);
        this.isDown = isDown;
    }

    UpstreamException(String message, boolean isDown, Throwable cause) {
        super(message, cause);
        this.isDown = isDown;
    }

    boolean isDown() {
        return isDown;
    }
}
