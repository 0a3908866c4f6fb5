package io.slipway.sockets.internal;

import io.netty.util.NetUtil;
import java.net.InetAddress;

/** The same from a door of IPv6. */
class Ipv6DatagramDoorTest extends DatagramDoorTest {

    @Override
    InetAddress loopback() {
        return NetUtil.LOCALHOST6;
    }
}
