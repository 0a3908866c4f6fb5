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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Runs the chain on one packet, and sends what comes of it. */
final class Answerer {

    private static final Logger LOG = LoggerFactory.getLogger(DhcpServer.class);
    private static final Duration BETWEEN_WARNINGS = Duration.ofSeconds(10);
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final Milestones milestones;
    private final StorageFailures storage;
    private final Map<String, Seldom> warnings = new ConcurrentHashMap<>();

    Answerer(Milestones milestones, StorageFailures storage) {
        this.milestones = milestones;
        this.storage = storage;
    }

    /**
     * Called on the client's worker.
     *
     * @return completes, never with a failure, when the reply is sent or the packet is dropped
     */
    CompletionStage<Void> answer(Packet packet, Chain chain, SendOrder order, Duration durableWithin) {
        return inContext(packet, () -> answerInContext(packet, chain, order, durableWithin));
    }

    /** The packet waited in vain for a handler. */
    void drop(Packet packet, String reason) {
        inContext(packet, () -> {
            milestones.dropped(packet, reason);
            return DONE;
        });
    }

    /** The worker ends with packets in hand. */
    void lose(int packets) {
        milestones.lost(packets, "server stopped");
    }

    private CompletionStage<Void> answerInContext(Packet packet, Chain chain, SendOrder order, Duration durableWithin) {
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
            return DONE;
        }
        DhcpMessage reply = asking.reply.orElseThrow();
        return order.leave(
                packet.mac(),
                exchange.durable(durableWithin),
                failure -> inContext(packet, () -> {
                    leave(exchange, reply, failure);
                    return DONE;
                }));
    }

    /** One packet's way along the chain. */
    private static final class Asking {
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

        void drop(String reason) {
            dropReason = Optional.of(reason);
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
        packet.door().send(DhcpEncoder.encode(reply, ByteBufAllocator.DEFAULT), Destination.of(packet, reply));
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

    private static CompletionStage<Void> inContext(Packet packet, Supplier<CompletionStage<Void>> action) {
        MDC.put("mac", packet.mac().toString());
        MDC.put("xid", Integer.toHexString(packet.request().xid()));
        try {
            return action.get();
        } finally {
            MDC.remove("mac");
            MDC.remove("xid");
        }
    }
}
