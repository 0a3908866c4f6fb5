package io.slipway.dhcp.server;

import io.slipway.sockets.DatagramDoor;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Shows what a packet would be answered now, by the chain that answers packets; nothing comes of it. */
public interface DhcpTrials {

    /**
     * Runs a datagram through the chain as a {@link io.slipway.dhcp.DhcpExchange#isTrial trial}.
     *
     * @param datagram what would come in; it may be malformed
     * @param recipient to which address it would be sent
     * @param door where it would come in; nothing is sent there
     */
    Trial tryOut(byte[] datagram, InetSocketAddress sender, InetAddress recipient, DatagramDoor door);
}
