package io.slipway.http.server;

/** The event that tells the handlers of a connection that it is to end. */
enum Stopping {
    /** The server stops: what is under way may end. */
    SOON,
    NOW,
    /** Another connection needs its place: it ends unless a request has come meanwhile. */
    FOR_ANOTHER
}
