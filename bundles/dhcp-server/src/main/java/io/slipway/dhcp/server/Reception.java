package io.slipway.dhcp.server;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.DecoderException;
import io.slipway.boot.MacAddress;
import io.slipway.dhcp.codec.DhcpDecoder;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import io.slipway.sockets.DatagramDoor;
import io.slipway.sockets.Link;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns datagrams into packets for the chain, on the event loop; counts and drops what none of it could answer. */
final class Reception {

    private static final Logger LOG = LoggerFactory.getLogger(DhcpServer.class);

    private static final int CLIENT_PORT = 68;

    private final Counters counters;
    private final Set<String> linksWithoutAddress = ConcurrentHashMap.newKeySet();

    Reception(Counters counters) {
        this.counters = counters;
    }

    Optional<Packet> receive(ByteBuf content, InetSocketAddress sender, InetAddress recipient, DatagramDoor door) {
        try {
            DhcpMessage request = DhcpDecoder.decode(content);
            // a message type of two bytes fails here, and not in every handler
            Optional<DhcpMessageType> type = request.type();
            counters.received(Description.type(request));
            return accept(request, type, sender, recipient, door);
        } catch (DecoderException e) {
            LOG.debug("Malformed packet of {} on {}: {}", sender, door.link().name(), e.getMessage());
            counters.dropped("malformed");
            return Optional.empty();
        }
    }

    private Optional<Packet> accept(
            DhcpMessage request,
            Optional<DhcpMessageType> type,
            InetSocketAddress sender,
            InetAddress recipient,
            DatagramDoor door) {
        Link link = door.link();
        boolean isOwn = link.isOwn(sender.getAddress());
        if (request.op() != DhcpMessage.BOOTREQUEST) {
            return refuse(request, isOwn ? "own reply" : "a reply, no request");
        }
        if (isOwn && sender.getPort() == CLIENT_PORT) {
            // the kernel hands back what is broadcast: the look for other servers
            return refuse(request, "own probe");
        }
        if (type.isEmpty()
                && request.bytes(DhcpOptions.DHCP_MESSAGE_TYPE.code()).isPresent()) {
            return refuse(request, "unknown message type");
        }
        Optional<MacAddress> mac = ClientAddress.of(request);
        if (mac.isEmpty()) {
            return refuse(request, "not Ethernet, and no client identifier");
        }
        if (link.addresses().isEmpty()) {
            warnOnce(link);
            return refuse(request, "interface without address");
        }
        linksWithoutAddress.remove(link.name());
        return Optional.of(new Packet(
                request,
                type,
                mac.get(),
                sender,
                door,
                OwnAddress.of(request, recipient, link),
                Instant.now(),
                System.nanoTime()));
    }

    private Optional<Packet> refuse(DhcpMessage message, String reason) {
        LOG.debug("{} is not answered: {}", message, reason);
        counters.dropped(reason);
        return Optional.empty();
    }

    private void warnOnce(Link link) {
        if (linksWithoutAddress.add(link.name())) {
            LOG.warn(
                    "DHCP clients on {} are not answered: the interface has no IPv4 address; give it one, such as "
                            + "'ip address add 192.0.2.1/24 dev {}'",
                    link.name(),
                    link.name());
        }
    }
}
