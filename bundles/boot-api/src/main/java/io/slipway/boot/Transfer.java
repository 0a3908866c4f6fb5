package io.slipway.boot;

import java.time.Instant;
import org.osgi.annotation.versioning.ProviderType;

/** One transfer of one file to one client. */
@ProviderType
public interface Transfer {

    /** How a transfer ended. */
    enum Outcome {
        /** The client has acknowledged, or the socket has taken, every byte. */
        COMPLETED,
        /** The client only wanted to know the size (RFC 2349), and ended it itself. */
        SIZE_PROBE,
        /** The client ended it. */
        ABORTED,
        /** The client fell silent. */
        TIMED_OUT,
        /** The server could not go on. */
        FAILED
    }

    BootRequest request();

    /** The whole file, in bytes. */
    long length();

    Instant begun();

    /** The bytes delivered so far, each counted once. */
    long sent();

    /** Sets the bytes delivered so far; cheap. */
    void sent(long bytes);

    /**
     * Ends the transfer; a second call does nothing.
     *
     * @param detail what happened, for the journal; empty when there is nothing to add
     */
    void end(Outcome outcome, String detail);
}
