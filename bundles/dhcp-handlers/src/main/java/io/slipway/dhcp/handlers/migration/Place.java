package io.slipway.dhcp.handlers.migration;

import java.util.Objects;

/** Where something stands: a file and a line of it, from 1; 0 when the file has none. */
public record Place(String file, int line) {
    public Place {
        Objects.requireNonNull(file, "file");
    }

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line;
    }
}
