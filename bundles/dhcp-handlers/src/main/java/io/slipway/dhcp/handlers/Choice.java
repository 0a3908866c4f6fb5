package io.slipway.dhcp.handlers;

import java.util.Objects;

/** Which address a client is to get. */
sealed interface Choice {

    /**
     * This one.
     *
     * @param address 32 bits
     */
    record Found(int address) implements Choice {}

    /**
     * There is none for it.
     *
     * @param isFull whether the operator is to be told that the pools have run dry
     */
    record None(String reason, boolean isFull) implements Choice {
        public None {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
