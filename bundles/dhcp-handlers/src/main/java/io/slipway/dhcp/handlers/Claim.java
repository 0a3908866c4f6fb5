package io.slipway.dhcp.handlers;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What becomes of a client's claim to an address (RFC 2131 section 4.3.2). */
sealed interface Claim {

    /**
     * The address is the client's.
     *
     * @param stored completes when the lease is durable
     */
    record Granted(Lease lease, CompletionStage<Void> stored) implements Claim {}

    /** It cannot be the client's, whoever else serves here. */
    record Refused(String reason) implements Claim {}

    /** Nothing here speaks for it; another server might know better. */
    record Unknown(String reason) implements Claim {}

    /** Not now; the client will ask again. */
    record Later(String reason) implements Claim {}

    /** What would be granted; nothing is to be stored. */
    static Granted inTrial(Lease lease) {
        return new Granted(lease, CompletableFuture.completedFuture(null));
    }

    /** The grant, if it is one. */
    default Optional<Granted> granted() {
        return this instanceof Granted granted ? Optional.of(granted) : Optional.empty();
    }
}
