package io.slipway.dhcp.handlers;

/** Why there is no address, with numbers. */
final class Shortage {

    private Shortage() {}

    static String describe(Requester who, Book book, NewcomerLimits limits, long now) {
        Subnet subnet = who.subnets().get(0);
        int leased = 0;
        int offered = 0;
        int others = 0;
        int kept = 0;
        for (Subnet candidate : who.subnets()) {
            for (Pool pool : book.poolsOf(candidate, now)) {
                PoolUsage usage = pool.usage(now);
                leased += usage.leased();
                offered += usage.offered();
                others += usage.declined() + usage.setAside();
                kept += Math.min(usage.free(), limits.reserveOf(usage.size()));
            }
        }
        return String.format(
                "no free address in %s of %s: %d leased, %d offered, %d declined, reserved or in use by others, %d kept"
                        + " for known machines",
                AddressPool.text(subnet.pools()), subnet.network(), leased, offered, others, kept);
    }
}
