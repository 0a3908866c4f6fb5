package io.slipway.http.server;

import io.slipway.boot.Transfer.Outcome;

/**
 * How the sending of a file ends.
 *
 * @param detail for a person; empty when there is nothing to add
 */
record Ending(Outcome outcome, String detail) {

    static final Ending COMPLETED = new Ending(Outcome.COMPLETED, "");

    static final Ending CLIENT_LEFT = new Ending(Outcome.ABORTED, "the client closed the connection");

    static final Ending STOPPING = new Ending(Outcome.FAILED, "the server is stopping");
}
