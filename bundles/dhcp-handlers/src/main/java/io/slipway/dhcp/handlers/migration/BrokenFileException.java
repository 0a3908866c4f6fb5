package io.slipway.dhcp.handlers.migration;

import java.io.IOException;

/** A file that is not of its format; the message begins with the file and the line. */
public final class BrokenFileException extends IOException {

    private static final long serialVersionUID = 1L;

    BrokenFileException(Place place, String what) {
        super(place + ": " + what);
    }
}
