package io.slipway.boot;

import java.util.Objects;

/**
 * The first file that firmware fetches, the network bootstrap program (NBP).
 *
 * @param path in {@link BootContent}, absolute, at most 127 bytes of printable ASCII, its leading slash among them, so
 *     that it fits the header's {@code file} field with its NUL (RFC 2131 section 2)
 * @param transport how the client shall fetch it: with HTTP it is told a URL, with TFTP a server and a file name
 */
public record NetworkProgram(String path, BootTransport transport) {

    /** The longest path, in bytes. */
    public static final int MAX_LENGTH = 127;

    /** A program that is fetched with TFTP. */
    public NetworkProgram(String path) {
        this(path, BootTransport.TFTP);
    }

    public NetworkProgram {
        Objects.requireNonNull(transport, "transport");
        if (!path.startsWith("/") || path.length() < 2 || path.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "program path '" + path + "'; expected / and at most " + (MAX_LENGTH - 1) + " characters");
        }
        if (path.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new IllegalArgumentException("program path '" + path + "'; expected printable ASCII");
        }
    }
}
