package io.slipway.sockets.internal;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which event loop holds which conversation. A loop that is awake serves one more for less than it takes to wake another,
 * so the first gets a good number before the next gets any; beyond that they have equally many. Safe for use by many
 * threads.
 */
final class Conversations {

    /** These keep a loop busy when they are lock-step and the network is quick. */
    private static final int FULL = 64;

    private final List<Place> places = new ArrayList<>();
    private volatile int held;

    /** A loop and how many conversations it holds; guarded by the whole. */
    final class Place {

        private final EventLoop loop;
        private int count;

        private Place(EventLoop loop) {
            this.loop = loop;
        }

        EventLoop loop() {
            return loop;
        }

        /** One conversation has ended. */
        void free() {
            synchronized (Conversations.this) {
                count--;
                held--;
            }
        }

        private boolean isFull() {
            return count >= FULL;
        }
    }

    synchronized void add(EventLoop loop) {
        places.add(new Place(loop));
    }

    /** Where the next conversation belongs; it counts until it is freed. */
    synchronized Place next() {
        Place next = places.stream()
                .filter(place -> !place.isFull())
                .findFirst()
                .orElseGet(() -> places.stream()
                        .min(Comparator.comparingInt(place -> place.count))
                        .orElseThrow());
        next.count++;
        held++;
        return next;
    }

    /** How many are held; asked for each packet. */
    int held() {
        return held;
    }
}
