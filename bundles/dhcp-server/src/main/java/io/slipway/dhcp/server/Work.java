package io.slipway.dhcp.server;

/** What the workers need to know, as it is at the moment of asking. */
interface Work {

    Settings settings();

    Chain chain();

    Answerer answerer();

    MissingHandlers missing();
}
