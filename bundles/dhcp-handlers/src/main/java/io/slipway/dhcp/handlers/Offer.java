package io.slipway.dhcp.handlers;

/** What comes of a client's search for an address. */
sealed interface Offer {

    /**
     * It is offered this.
     *
     * @param isFresh whether the client did not hold the address before, nor was it offered it
     */
    record Made(Lease lease, boolean isFresh) implements Offer {}

    /** There is none for it. */
    record None(String reason) implements Offer {}
}
