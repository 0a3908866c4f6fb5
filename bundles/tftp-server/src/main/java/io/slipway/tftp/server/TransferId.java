package io.slipway.tftp.server;

import io.slipway.boot.ClientAddress;
import java.net.InetSocketAddress;

/**
 * The client's end of a transfer (RFC 1350 section 4).
 *
 * @param remote address and port
 * @param link the interface: an address of another link is another machine
 */
record TransferId(InetSocketAddress remote, String link) {

    ClientAddress client() {
        return new ClientAddress(remote.getAddress(), link);
    }
}
