package io.slipway.boot;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
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

    /** Whether the client sends the file. */
    boolean isUpload();

    /** The whole file, in bytes; of an upload as far as it is known. */
    long length();

    Instant begun();

    /** The bytes delivered so far, each counted once. */
    long sent();

    /** Sets the bytes delivered so far; cheap. */
    void sent(long bytes);

    /** It was kept waiting for so long before it began. */
    void waited(Duration before);

    /**
     * A limit of the server holds it back from now on, until {@link #goesOn}; cheap. The first time is told to the
     * journal.
     *
     * @param limit as operators know it, such as {@code bandwidth}
     */
    void heldBack(String limit);

    /** It is held back no more; cheap. */
    void goesOn();

    /** The limit that holds it back, or did last. */
    Optional<String> heldBy();

    /** For how long it was held back since it began. */
    Duration held();

    /**
     * Ends the transfer; a second call does nothing.
     *
     * @param detail what happened, for the journal; empty when there is nothing to add
     */
    void end(Outcome outcome, String detail);
}
