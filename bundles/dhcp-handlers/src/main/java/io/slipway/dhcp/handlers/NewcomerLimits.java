package io.slipway.dhcp.handlers;

/**
 * What clients get of which nothing is known: no reservation, no machine, no lease, not even one that has ended.
 *
 * @param port of one port of a switch, as its relay agent names it (circuit identifier)
 * @param link of one network: a relay agent that names no port, or a network interface
 * @param overall of all
 * @param reserve addresses of a pool that are kept from them, in percent, 0 to 100
 */
record NewcomerLimits(Limit port, Limit link, Limit overall, int reserve) {

    /** Nothing is limited. */
    static final NewcomerLimits NONE = new NewcomerLimits(Limit.NONE, Limit.NONE, Limit.NONE, 0);

    /**
     * @param offers outstanding at most, 0 for any number
     * @param leases new in a minute at most, 0 for any number
     */
    record Limit(int offers, int leases) {
        static final Limit NONE = new Limit(0, 0);
    }

    /** How many addresses of a pool are kept for those who are known. */
    int reserveOf(int size) {
        return (int) ((long) size * reserve / 100);
    }
}
