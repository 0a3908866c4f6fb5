package io.slipway.dhcp.server;

import io.slipway.boot.BootEvent;
import io.slipway.boot.BootEvent.Step;
import io.slipway.boot.BootJournal;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the counters, the journal and the log what became of each packet; the journal, of those that belong to a boot. */
final class Milestones {

    private static final Logger LOG = LoggerFactory.getLogger(DhcpServer.class);

    private final Counters counters;
    private final Supplier<Optional<BootJournal>> journal;
    private final BootingMachines booting = new BootingMachines(8192);
    private final Seldom journalWarnings = new Seldom(Duration.ofSeconds(10));

    Milestones(Counters counters, Supplier<Optional<BootJournal>> journal) {
        this.counters = counters;
        this.journal = journal;
    }

    /** The chain is about to be asked. */
    void begun(Packet packet) {
        boolean belongs = booting.hasSent(packet);
        if (!belongs && !LOG.isDebugEnabled()) {
            return; // the words are not worth making: most of a site's packets are renewals
        }
        String detail = Description.ofRequest(packet);
        LOG.debug("{}: {}", packet, detail);
        if (belongs) {
            record(packet, packet.type(), packet.request().clientAddress(), packet.time(), detail);
        }
    }

    /** The reply is with the socket. */
    void sent(Packet packet, DhcpMessage reply) {
        String type = Description.type(reply.type());
        counters.sent(type);
        boolean belongs = booting.hasSent(packet);
        if (!belongs && !LOG.isDebugEnabled()) {
            return;
        }
        String detail = Description.ofReply(reply);
        if (packet.isOfBoot()) {
            LOG.info(
                    "{} to {} on {}: {}",
                    type,
                    packet.mac(),
                    packet.door().link().name(),
                    detail);
        } else {
            LOG.debug(
                    "{} to {} on {}: {}",
                    type,
                    packet.mac(),
                    packet.door().link().name(),
                    detail);
        }
        if (belongs) {
            record(packet, reply.type(), reply.yourAddress(), Instant.now(), detail);
        }
    }

    /** Nothing is sent. */
    void dropped(Packet packet, String reason) {
        counters.dropped(reason);
        LOG.debug("{} is not answered: {}", packet, reason);
        if (booting.hasSent(packet)) {
            String detail = Description.type(packet.type()) + " not answered: " + reason;
            record(packet, Step.DROP, packet.request().clientAddress(), Instant.now(), detail);
        }
    }

    /** Packets whose replies were still waited for are given up. */
    void lost(int packets, String reason) {
        for (int i = 0; i < packets; i++) {
            counters.dropped(reason);
        }
    }

    private void record(
            Packet packet, Optional<DhcpMessageType> type, Inet4Address address, Instant time, String detail) {
        Step step = step(type);
        String named = step == Step.DHCP ? Description.type(type) + " " + detail : detail;
        record(packet, step, address, time, named);
    }

    private void record(Packet packet, Step step, Inet4Address address, Instant time, String detail) {
        Optional<InetAddress> known = address.equals(Addresses.ANY) ? Optional.empty() : Optional.of(address);
        BootEvent event = new BootEvent(
                step, Optional.of(packet.mac()), known, time, detail, OptionalLong.empty(), Optional.empty());
        try {
            journal.get().ifPresent(open -> open.record(event));
        } catch (RuntimeException | LinkageError e) {
            if (journalWarnings.isDue()) {
                LOG.warn(
                        "the boot journal failed ({}), machines are answered all the same: mend or replace its bundle",
                        e.toString());
            }
        }
    }

    private static Step step(Optional<DhcpMessageType> type) {
        if (type.isEmpty()) {
            return Step.DHCP;
        }
        return switch (type.get()) {
            case DISCOVER -> Step.DISCOVER;
            case OFFER -> Step.OFFER;
            case REQUEST -> Step.REQUEST;
            case ACK -> Step.ACK;
            case NAK -> Step.NAK;
            case DECLINE, RELEASE, INFORM -> Step.DHCP;
        };
    }
}
