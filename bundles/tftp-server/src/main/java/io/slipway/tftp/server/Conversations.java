package io.slipway.tftp.server;

import io.slipway.boot.ClientAddress;
import io.slipway.tftp.codec.TftpPacket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The conversations under way, one for each client's transfer identifier. Safe for use by many threads. */
final class Conversations {

    private final Map<TransferId, Conversation> active = new ConcurrentHashMap<>();
    /** How many of them each client has. */
    private final Map<ClientAddress, Integer> counts = new ConcurrentHashMap<>();

    private final Unanswered unanswered = new Unanswered();
    private final Runnable whenForgotten;

    /** @param whenForgotten there is room for another */
    Conversations(Runnable whenForgotten) {
        this.whenForgotten = whenForgotten;
    }

    /** The conversation that a client has now, whatever it asked for. */
    Optional<Conversation> with(TransferId id) {
        return Optional.ofNullable(active.get(id));
    }

    /** Hands a packet to the transfer that runs on the port of the request itself, if there is one. */
    boolean deliver(TransferId id, TftpPacket packet) {
        Conversation conversation = active.get(id);
        return conversation != null && conversation.deliver(packet);
    }

    /** Whether one more is below the limits. */
    boolean hasRoom(TransferId id, Settings settings) {
        return full(id, settings).isEmpty();
    }

    /** The limit that one more would exceed, as its key in the configuration. */
    Optional<String> full(TransferId id, Settings settings) {
        if (counts.getOrDefault(id.client(), 0) >= settings.maximumTransfersPerClient()) {
            return Optional.of("maximumTransfersPerClient");
        }
        return active.size() < settings.maximumTransfers() ? Optional.empty() : Optional.of("maximumTransfers");
    }

    int size() {
        return active.size();
    }

    /**
     * Others wait: as many conversations as they are end for them, of those that nobody answers. So a flood of requests
     * from addresses that have sent none keeps nobody out for longer than an answer takes.
     */
    void makeRoom(int wanted, Settings settings) {
        if (active.size() >= settings.maximumTransfers()) {
            unanswered.take(wanted, System.nanoTime()).forEach(Conversation::giveWay);
        }
    }

    /** The client is about to be sent the first answer. */
    void isAnswering(Conversation conversation) {
        unanswered.add(conversation, System.nanoTime());
        if (active.get(conversation.id()) != conversation) {
            unanswered.remove(conversation);
        }
    }

    /** @param waited before there was room for it */
    Conversation begin(TransferId id, TftpPacket request, Duration waited) {
        Conversation conversation = new Conversation(id, request, waited);
        ClientAddress client = id.client();
        counts.merge(client, 1, Integer::sum);
        Conversation earlier = active.put(id, conversation);
        if (earlier != null) {
            discount(client);
            unanswered.remove(earlier);
        }
        return conversation;
    }

    /** Forgets the conversation, unless another has taken its place. */
    void forget(Conversation conversation) {
        if (active.remove(conversation.id(), conversation)) {
            discount(conversation.id().client());
        }
        unanswered.remove(conversation);
        synchronized (this) {
            notifyAll();
        }
        whenForgotten.run();
    }

    private void discount(ClientAddress client) {
        counts.computeIfPresent(client, (same, count) -> count == 1 ? null : count - 1);
    }

    List<Conversation> active() {
        return List.copyOf(active.values());
    }

    /** Waits until none is left; false when some are, after the time given. */
    boolean awaitNone(long millis) throws InterruptedException {
        long until = System.nanoTime() + millis * 1_000_000;
        synchronized (this) {
            while (!active.isEmpty()) {
                long left = until - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        }
        return true;
    }
}
