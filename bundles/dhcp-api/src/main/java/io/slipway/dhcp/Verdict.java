package io.slipway.dhcp;

import java.util.Objects;

/** How the chain goes on. */
public sealed interface Verdict {

    /** The next handler is asked; after the last one the reply is sent. */
    record Continue() implements Verdict {}

    /** The reply is sent as it stands; the handlers that follow are not asked. */
    record Reply() implements Verdict {}

    /**
     * Nothing is sent.
     *
     * @param reason for the log and the counters: a short constant phrase such as {@code not for this server}
     */
    record Drop(String reason) implements Verdict {
        public Drop {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * The handlers that follow are passed over up to this one, which is asked next. Without it in the rest of the chain
     * the request is dropped.
     *
     * @param handler its {@link DhcpHandler#NAME name}
     */
    record SkipTo(String handler) implements Verdict {
        public SkipTo {
            Objects.requireNonNull(handler, "handler");
        }
    }

    /** Ask the next handler. */
    static Verdict next() {
        return new Continue();
    }

    /** Ask this handler next. */
    static Verdict skipTo(String handler) {
        return new SkipTo(handler);
    }

    /** Send the reply now. */
    static Verdict reply() {
        return new Reply();
    }

    /** Send nothing. */
    static Verdict drop(String reason) {
        return new Drop(reason);
    }
}
