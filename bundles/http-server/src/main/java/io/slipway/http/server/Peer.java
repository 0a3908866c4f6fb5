package io.slipway.http.server;

import io.slipway.boot.ClientAddress;
import io.slipway.sockets.Bandwidth;
import java.net.InetSocketAddress;

/**
 * Both ends of a connection.
 *
 * @param link the interface on which it came
 * @param bandwidth what answers have to keep to
 */
record Peer(InetSocketAddress remote, InetSocketAddress local, String link, Bandwidth bandwidth, Protocol protocol) {

    Peer speaking(Protocol other) {
        return new Peer(remote, local, link, bandwidth, other);
    }

    ClientAddress client() {
        return new ClientAddress(remote.getAddress(), link);
    }
}
