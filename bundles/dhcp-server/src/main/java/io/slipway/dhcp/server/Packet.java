package io.slipway.dhcp.server;

import io.slipway.boot.MacAddress;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import io.slipway.sockets.DatagramDoor;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * One request as it came in.
 *
 * @param own the address that it is answered from, and the interface as it was then
 * @param time when it came
 * @param nanos the same on the monotonic clock
 */
record Packet(
        DhcpMessage request,
        Optional<DhcpMessageType> type,
        MacAddress mac,
        InetSocketAddress sender,
        DatagramDoor door,
        OwnAddress own,
        Instant time,
        long nanos) {

    /** Whether firmware or a loader asks: what becomes of it is a milestone of a boot. */
    boolean isOfBoot() {
        return type.isEmpty()
                || request.bytes(DhcpOptions.CLIENT_SYSTEM_ARCHITECTURE.code()).isPresent()
                || request.bytes(DhcpOptions.ETHERBOOT.code()).isPresent()
                || request.asksFor(DhcpOptions.BOOT_FILE_NAME);
    }

    /** Whether the client only looks for servers, and will ask again. */
    boolean isDispensable() {
        return type.equals(Optional.of(DhcpMessageType.DISCOVER));
    }

    /** For the log. */
    @Override
    public String toString() {
        return request + " on " + door.link().name() + " (" + door.name() + ")";
    }
}
