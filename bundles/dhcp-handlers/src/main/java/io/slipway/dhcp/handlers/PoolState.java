package io.slipway.dhcp.handlers;

/**
 * What the addresses of one pool, or those that are reserved outside of the pools, are used for at one moment.
 *
 * @param subnet its name
 * @param network of the subnet
 * @param pool its range as it is configured, or {@link #OUTSIDE}
 * @param size how many addresses there are
 * @param declined found in use by something that holds no lease
 * @param reserved not in use and not to be given to everybody: reserved for a machine, a server's or a relay agent's own,
 *     or of an ended lease whose holder still has a transfer
 * @param free can be given to any client
 * @param newLeases granted in the last minute to clients that did not have the address
 */
public record PoolState(
        String subnet,
        String network,
        String pool,
        int size,
        int leased,
        int offered,
        int declined,
        int reserved,
        int free,
        int newLeases) {

    /** Stands for the addresses of a subnet that are reserved for machines and lie in none of its pools. */
    public static final String OUTSIDE = "reserved outside of pools";

    /** How much of it is leased. */
    public double percentLeased() {
        return size == 0 ? 0 : 100.0 * leased / size;
    }
}
