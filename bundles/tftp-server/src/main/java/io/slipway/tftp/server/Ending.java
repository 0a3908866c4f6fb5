package io.slipway.tftp.server;

import io.slipway.boot.Transfer;
import io.slipway.tftp.codec.ErrorPacket;
import io.slipway.tftp.codec.TftpErrorCode;
import java.util.Optional;

/**
 * How a transfer ends.
 *
 * @param detail for a person; empty when there is nothing to add
 * @param toClient the error that the client is told, if any
 * @param unwritten why what the client has sent is not on the disk
 */
record Ending(Transfer.Outcome outcome, String detail, Optional<ErrorPacket> toClient, Optional<Exception> unwritten) {

    /** Without a fault of the disk. */
    Ending(Transfer.Outcome outcome, String detail, Optional<ErrorPacket> toClient) {
        this(outcome, detail, toClient, Optional.empty());
    }

    /** Nobody is told: who has said nothing is perhaps nobody. */
    static final Ending GAVE_WAY = quiet(Transfer.Outcome.TIMED_OUT, "no answer, and others waited");

    static Ending quiet(Transfer.Outcome outcome, String detail) {
        return new Ending(outcome, detail, Optional.empty());
    }

    /** The server could not go on; the client is told why, in words that name nothing of the server's disk. */
    static Ending failed(String detail, String toClient) {
        return new Ending(
                Transfer.Outcome.FAILED, detail, Optional.of(new ErrorPacket(TftpErrorCode.NOT_DEFINED, toClient)));
    }

    /** What the client sends is not taken. */
    static Ending refused(TftpErrorCode code, String detail) {
        return new Ending(Transfer.Outcome.FAILED, detail, Optional.of(new ErrorPacket(code, detail)));
    }

    /** The disk does not take it. */
    static Ending unwritten(Exception cause) {
        return new Ending(
                Transfer.Outcome.FAILED,
                cause.toString(),
                Optional.of(new ErrorPacket(TftpErrorCode.DISK_FULL, "the file cannot be written")),
                Optional.of(cause));
    }

    static Ending byClient(ErrorPacket error) {
        String text = ClientText.printable(error.message());
        return quiet(
                Transfer.Outcome.ABORTED, "the client said: " + (text.isEmpty() ? "" : text + ", ") + error.code());
    }
}
