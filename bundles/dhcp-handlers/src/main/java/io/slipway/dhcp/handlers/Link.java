package io.slipway.dhcp.handlers;

/**
 * A place in a ring, doubly linked, so that a thing leaves it without a search and one ring joins another at once. A
 * ring has one place more than things: where it begins and ends.
 */
class Link {

    private Link before = this;
    private Link after = this;

    final boolean isAlone() {
        return after == this;
    }

    final Link after() {
        return after;
    }

    /** Joins, alone, the end of the ring that begins here. */
    final void append(Link alone) {
        alone.before = before;
        alone.after = this;
        before.after = alone;
        before = alone;
    }

    final void leave() {
        before.after = after;
        after.before = before;
        before = this;
        after = this;
    }

    /** All things of another ring join the end of the ring that begins here; the other ring is empty then. */
    final void appendAll(Link ring) {
        if (ring.isAlone()) {
            return;
        }
        before.after = ring.after;
        ring.after.before = before;
        ring.before.after = this;
        before = ring.before;
        ring.before = ring;
        ring.after = ring;
    }
}
