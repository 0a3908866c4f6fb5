package io.slipway.tftp.server;

import io.slipway.tftp.codec.ReadRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The conversations under way, one for each client's transfer identifier. Safe for use by many threads. */
final class Conversations {

    private static final Logger LOG = LoggerFactory.getLogger(Conversations.class);

    private final Map<TransferId, Conversation> active = new ConcurrentHashMap<>();
    private final AtomicBoolean warned = new AtomicBoolean();

    /** The conversation that a client has now, whatever it asked for. */
    Optional<Conversation> with(TransferId id) {
        return Optional.ofNullable(active.get(id));
    }

    /** Whether one more is below the limit. Above it the client's retransmissions are the queue. */
    boolean hasRoom(int limit) {
        if (active.size() < limit) {
            return true;
        }
        if (warned.compareAndSet(false, true)) {
            LOG.warn("{} TFTP transfers at a time is the limit, further clients wait: raise maximumTransfers in {}",
                    limit, TftpServer.PID);
        }
        return false;
    }

    Conversation begin(TransferId id, ReadRequest request) {
        Conversation conversation = new Conversation(id, request);
        active.put(id, conversation);
        return conversation;
    }

    /** Forgets the conversation, unless another has taken its place. */
    void forget(Conversation conversation) {
        active.remove(conversation.id(), conversation);
        if (active.isEmpty()) {
            warned.set(false);
        }
        synchronized (this) {
            notifyAll();
        }
    }

    List<Conversation> active() {
        return List.copyOf(active.values());
    }

    /** Waits until none is left; false when some are, after the time given. */
    boolean awaitNone(long millis) throws InterruptedException {
        long until = System.nanoTime() + millis * 1_000_000;
        synchronized (this) {
            while (!active.isEmpty()) {
                long left = (until - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return false;
                }
                wait(left);
            }
        }
        return true;
    }
}
