package io.slipway.dhcp.server;

import io.netty.buffer.ByteBuf;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.sockets.DatagramDoor;
import io.slipway.sockets.DirectWay;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives replies to the doors, each by the way that its client can be reached; knows which way is in use where. */
final class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(DhcpServer.class);

    private final Map<String, Wire> wires = new ConcurrentHashMap<>();
    private volatile Replies wanted = Replies.BROADCAST;

    /** Another way is wanted. */
    void want(Replies changed) {
        if (wanted != changed) {
            wanted = changed;
            wires.values().forEach(Wire::choose);
        }
    }

    /** A door is open. */
    void opened(DatagramDoor door) {
        if (!door.name().equals(Destination.PXE_DOOR)) {
            wires.computeIfAbsent(door.link().name(), link -> new Wire(door)).opened(door);
        }
    }

    /** Takes over the buffer. */
    void send(Exchange exchange, DhcpMessage reply, ByteBuf content) {
        Packet packet = exchange.packet();
        DatagramDoor door = packet.door();
        InetSocketAddress to = Destination.of(packet, reply);
        Wire wire = wires.get(door.link().name());
        if (wire == null) {
            // before the door was told of as open
            wire = wires.computeIfAbsent(door.link().name(), link -> new Wire(door));
        }
        if (!to.getAddress().equals(Addresses.BROADCAST)) {
            wire.unicast.increment();
            door.send(content, to);
        } else if (wire.reaches(exchange, reply, content)) {
            content.release();
        } else {
            wire.broadcast.increment();
            door.send(content, exchange.serverAddress(), to);
        }
    }

    List<DhcpStatistics.Delivered> delivered() {
        return wires.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(wire -> wire.getValue().delivered(wire.getKey()))
                .toList();
    }

    /** One interface. */
    private final class Wire {
        private final LongAdder direct = new LongAdder();
        private final LongAdder failed = new LongAdder();
        private final LongAdder broadcast = new LongAdder();
        private final LongAdder unicast = new LongAdder();
        private DatagramDoor door;
        private String told = "";
        private volatile Optional<DirectWay> way = Optional.empty();
        private volatile String inUse = Replies.BROADCAST.toString();

        Wire(DatagramDoor door) {
            this.door = door;
        }

        synchronized void opened(DatagramDoor now) {
            door = now;
            choose();
        }

        synchronized void choose() {
            Replies chosen = wanted;
            Optional<String> obstacle = chosen.way().flatMap(door::obstacle);
            way = obstacle.isEmpty() ? chosen.way() : Optional.empty();
            inUse = obstacle.isEmpty() ? chosen.toString() : "broadcast (no " + chosen + ")";
            String link = door.link().name();
            String found = chosen + obstacle.orElse("");
            if (found.equals(told)) {
                return;
            }
            told = found;
            if (obstacle.isPresent()) {
                LOG.warn(
                        "DHCP replies to clients without an address are broadcast on {}, though etc/{}.cfg says replies"
                                + " = {}: {}",
                        link,
                        Settings.PID,
                        chosen,
                        obstacle.get());
            } else {
                LOG.info("DHCP replies to clients without an address on {}: {}", link, chosen);
            }
        }

        /** Whether a reply that could be broadcast goes to its client alone. */
        boolean reaches(Exchange exchange, DhcpMessage reply, ByteBuf content) {
            Packet packet = exchange.packet();
            Optional<DirectWay> by = way;
            if (by.isEmpty() || !Destination.isNewcomer(packet, reply)) {
                return false;
            }
            boolean isSent = packet.door()
                    .sendDirect(
                            content,
                            by.get(),
                            exchange.serverAddress(),
                            Destination.ofNewcomer(reply),
                            packet.request().hardwareAddress());
            (isSent ? direct : failed).increment();
            return isSent;
        }

        DhcpStatistics.Delivered delivered(String link) {
            return new DhcpStatistics.Delivered(
                    link, inUse, direct.sum(), failed.sum(), broadcast.sum(), unicast.sum());
        }
    }
}
