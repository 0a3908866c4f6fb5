package io.slipway.dhcp.handlers;

import io.slipway.boot.MacAddress;
import java.net.Inet4Address;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Asks the network whether something uses an address that is about to be offered. Safe for use by many threads. */
interface AddressProbe {

    /**
     * What came back.
     *
     * @param by who answered, where that can be told: on a network of this server, not behind a relay agent
     */
    record Answer(boolean isUsed, Optional<MacAddress> by) {

        static final Answer SILENCE = new Answer(false, Optional.empty());

        public Answer {
            Objects.requireNonNull(by, "by");
        }

        /**
         * Whether somebody else than the client uses the address. An installer that was booted from the network answers
         * before it holds its lease, so an answer counts only when it is known to be another machine's.
         */
        boolean isOfAnother(MacAddress client) {
            return isUsed && by.filter(mac -> !mac.equals(client)).isPresent();
        }
    }

    /** Returns at once; completes, never with a failure, within a second or so. */
    CompletionStage<Answer> ask(Inet4Address address);
}
