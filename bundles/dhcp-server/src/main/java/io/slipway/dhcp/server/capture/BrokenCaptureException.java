package io.slipway.dhcp.server.capture;

import java.io.IOException;

/** A file is no capture that can be read; the message says why, for people. */
public final class BrokenCaptureException extends IOException {

    private static final long serialVersionUID = 1;

    BrokenCaptureException(String message) {
        super(message);
    }
}
