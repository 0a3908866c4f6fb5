package io.slipway.dhcp.handlers;

/** Why a client cannot have an address. */
enum Obstacle {
    ELSEWHERE("address of another network", false),
    NOT_LEASED("address is not leased here", false),
    RESERVED("address is reserved for another machine", true),
    IN_USE("address is in use", true),
    /** By a transfer of the machine whose lease of it has ended. */
    IN_TRANSFER("address is in use", true);

    private final String text;
    private final boolean isCertain;

    Obstacle(String text, boolean isCertain) {
        this.text = text;
        this.isCertain = isCertain;
    }

    /** What becomes of a claim: it is refused, unless another server might know better. */
    Claim claim() {
        return isCertain ? new Claim.Refused(text) : new Claim.Unknown(text);
    }
}
