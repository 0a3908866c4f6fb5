package io.slipway.tftp.server;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Conversations whose clients have said nothing since their request, oldest first: perhaps the request was sent in
 * somebody else's name. While there is room they are waited for like any other. Safe for use by many threads.
 */
final class Unanswered {

    /** A machine that is there answers sooner, or asks again. */
    static final long CHANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(RoundTrip.LEAST_WAIT_MILLIS);

    /** When each was about to be answered. Who has said something meanwhile leaves when it is looked at. */
    private final Map<Conversation, Long> since = new LinkedHashMap<>();

    synchronized void add(Conversation conversation, long now) {
        since.put(conversation, now);
    }

    synchronized void remove(Conversation conversation) {
        since.remove(conversation);
    }

    /** Takes out those that have had their chance, as many as are wanted. */
    synchronized List<Conversation> take(int wanted, long now) {
        List<Conversation> taken = new ArrayList<>();
        Iterator<Map.Entry<Conversation, Long>> all = since.entrySet().iterator();
        while (taken.size() < wanted && all.hasNext()) {
            Map.Entry<Conversation, Long> oldest = all.next();
            if (now - oldest.getValue() < CHANCE_NANOS) {
                break;
            }
            boolean hadItsChance = oldest.getKey().isUnanswered(CHANCE_NANOS, now);
            if (hadItsChance) {
                taken.add(oldest.getKey());
            }
            if (hadItsChance || oldest.getKey().isAnswered()) {
                all.remove();
            }
        }
        return taken;
    }
}
