package io.slipway.dhcp.handlers;

/**
 * What the addresses of one pool are used for at one moment.
 *
 * @param pool its range as it is configured
 * @param size how many addresses there are to lease
 * @param declined found in use by something that holds no lease
 * @param setAside given to nobody for the time being: reserved for a machine, a server's or a relay agent's own, or of
 *     an ended lease whose holder still has a transfer
 */
public record PoolUsage(String pool, int size, int leased, int offered, int declined, int setAside) {

    /** How many can be given away at once. */
    public int free() {
        return size - leased - offered - declined - setAside;
    }
}
