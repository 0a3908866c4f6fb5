package io.slipway.dhcp.server;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.DecoderException;
import io.slipway.dhcp.Verdict;
import io.slipway.dhcp.codec.DhcpEncoder;
import io.slipway.dhcp.codec.DhcpMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Runs the chain on one packet, and sends what comes of it. */
final class Answerer {

    private static final Logger LOG = LoggerFactory.getLogger(DhcpServer.class);
    private static final Duration BETWEEN_WARNINGS = Duration.ofSeconds(10);

    private final Milestones milestones;
    private final StorageFailures storage;
    private final Delivery delivery;
    private final Map<String, Seldom> warnings = new ConcurrentHashMap<>();

    Answerer(Milestones milestones, StorageFailures storage, Delivery delivery) {
        this.milestones = milestones;
        this.storage = storage;
        this.delivery = delivery;
    }

    /**
     * Called on the client's worker.
     *
     * @param done runs when the reply is sent or the packet is dropped, on the same worker
     */
    void answer(Packet packet, Chain chain, SendOrder order, Duration durableWithin, Runnable done) {
        inContext(packet, () -> answerInContext(packet, chain, order, durableWithin, done));
    }

    /** The packet waited in vain for a handler. */
    void drop(Packet packet, String reason) {
        inContext(packet, () -> milestones.dropped(packet, reason));
    }

    /** The worker ends with packets in hand. */
    void lose(int packets) {
        milestones.lost(packets, "server stopped");
    }

    private void answerInContext(Packet packet, Chain chain, SendOrder order, Duration durableWithin, Runnable done) {
        Exchange exchange = new Exchange(packet);
        Asking asking = new Asking(exchange);
        try {
            milestones.begun(packet);
            asking.askAll(chain);
        } catch (DecoderException e) {
            LOG.debug("{} is malformed: {}", packet, e.getMessage());
            asking.drop("malformed option");
        } catch (IOException | RuntimeException | LinkageError e) {
            handlerFailed(exchange, e);
            asking.drop("handler failed");
        }
        if (asking.dropReason.isPresent()) {
            milestones.dropped(packet, asking.dropReason.get());
            done.run();
            return;
        }
        DhcpMessage reply = asking.reply.orElseThrow();
        order.leave(packet.mac(), exchange.durable(), durableWithin, failure -> {
            try {
                inContext(packet, () -> leave(exchange, reply, failure));
            } finally {
                done.run();
            }
        });
    }

    /** One packet's way along the chain. */
    static class Asking {
        private final Exchange exchange;
        private Optional<String> dropReason = Optional.empty();
        private Optional<DhcpMessage> reply = Optional.empty();

        Asking(Exchange exchange) {
            this.exchange = exchange;
        }

        void askAll(Chain chain) throws IOException {
            Optional<String> skipTo = Optional.empty();
            for (NamedHandler named : chain.handlers()) {
                if (skipTo.isPresent() && !skipTo.get().equals(named.name())) {
                    continue;
                }
                skipTo = Optional.empty();
                exchange.handler(named.name());
                Verdict verdict = Objects.requireNonNull(named.handler().handle(exchange), "the verdict is null");
                asked(verdict);
                if (verdict instanceof Verdict.Drop drop) {
                    drop(drop.reason());
                    return;
                }
                if (verdict instanceof Verdict.Reply) {
                    break;
                }
                if (verdict instanceof Verdict.SkipTo other) {
                    skipTo = Optional.of(other.handler());
                }
            }
            if (skipTo.isPresent()) {
                drop("no handler " + skipTo.get());
                return;
            }
            reply = exchange.answer();
            if (reply.isEmpty()) {
                drop("no answer");
            }
        }

        /** Called with each handler's verdict; for a trial, which shows them. */
        void asked(Verdict verdict) {}

        void drop(String reason) {
            dropReason = Optional.of(reason);
        }

        /** Why nothing is sent; empty when a reply is. */
        Optional<String> dropReason() {
            return dropReason;
        }

        /** What is sent. */
        Optional<DhcpMessage> reply() {
            return reply;
        }
    }

    private void leave(Exchange exchange, DhcpMessage reply, Optional<Throwable> failure) {
        Packet packet = exchange.packet();
        if (failure.isPresent()) {
            milestones.dropped(packet, storage.failed(packet, failure.get()));
            return;
        }
        if (exchange.isStored()) {
            storage.succeeded();
        }
        try {
            exchange.runBeforeSend();
        } catch (RuntimeException | LinkageError e) {
            handlerFailed(exchange, e);
            milestones.dropped(packet, "handler failed");
            return;
        }
        delivery.send(exchange, reply, DhcpEncoder.encode(reply, ByteBufAllocator.DEFAULT));
        milestones.sent(packet, reply);
    }

    private void handlerFailed(Exchange exchange, Throwable failure) {
        String handler = exchange.handler();
        Packet packet = exchange.packet();
        if (warnings.computeIfAbsent(handler, name -> new Seldom(BETWEEN_WARNINGS))
                .isDue()) {
            LOG.warn(
                    "DHCP handler '{}' failed on a packet of {}, which is dropped: {}; mend what it says, or stop or "
                            + "replace the bundle that provides the handler (log level DEBUG shows the trace)",
                    handler,
                    packet.mac(),
                    failure.toString());
        }
        LOG.debug("DHCP handler '{}' failed on {}", handler, packet, failure);
    }

    private static void inContext(Packet packet, Runnable action) {
        MDC.put("mac", packet.mac().toString());
        try {
            action.run();
        } finally {
            MDC.remove("mac");
        }
    }
}
