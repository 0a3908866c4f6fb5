package io.slipway.dhcp.handlers.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The first so many of many things by an order, and how many there were; takes memory for the first alone. */
final class Shortlist<T> {

    private final int limit;
    private final Comparator<T> order;
    private final PriorityQueue<T> first;
    private long count;

    Shortlist(int limit, Comparator<T> order) {
        this.limit = limit;
        this.order = order;
        this.first = new PriorityQueue<>(order.reversed());
    }

    void add(T thing) {
        count++;
        if (first.size() < limit) {
            first.add(thing);
        } else if (order.compare(thing, first.element()) < 0) {
            first.remove();
            first.add(thing);
        }
    }

    /** In order. */
    List<T> first() {
        List<T> sorted = new ArrayList<>(first);
        sorted.sort(order);
        return sorted;
    }

    /** How many there were beside the first. */
    long left() {
        return count - first.size();
    }
}
