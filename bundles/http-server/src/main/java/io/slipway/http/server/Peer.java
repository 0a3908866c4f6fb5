package io.slipway.http.server;

import java.net.InetSocketAddress;

/**
 * Both ends of a connection.
 *
 * @param link the interface on which it came
 */
record Peer(InetSocketAddress remote, InetSocketAddress local, String link) {}
