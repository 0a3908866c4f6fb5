package io.slipway.dhcp.handlers;

/** Where clients come from of which nothing is known, and how many came lately. Guarded by the lock of {@link Leases}. */
final class Origin {

    /** Seconds between two warnings of one flood. */
    private static final long REMINDER = 3600;

    /** Seconds without a refusal after which the next one is another flood. */
    private static final long QUIET = 300;

    private final String name;
    private final NewcomerLimits.Limit limit;
    private final LastMinute offers = new LastMinute();
    private final LastMinute leases = new LastMinute();
    private long refused;
    private long refusedAt;
    private long toldAt;
    private boolean isTold;

    /**
     * @param name for the log, such as {@code link eth0}
     */
    Origin(String name, NewcomerLimits.Limit limit) {
        this.name = name;
        this.limit = limit;
    }

    /** An address was offered; {@code -1}: the offer of that second is no longer one. */
    void offered(long second, int count, long now) {
        offers.add(second, count, now);
    }

    void leased(long now) {
        leases.add(now, 1, now);
    }

    /** Whether there are as many offers that nobody took as may be. */
    boolean isFull(long now) {
        return limit.offers() > 0 && offers.sum(now) >= limit.offers();
    }

    /** Whether there were as many new leases lately as may be. */
    boolean isFast(long now) {
        return limit.leases() > 0 && leases.sum(now) >= limit.leases();
    }

    /** A request was not answered, because of a limit. */
    void refused(long now) {
        if (now - refusedAt >= QUIET) {
            refused = 0;
            isTold = false;
        }
        refused++;
        refusedAt = now;
    }

    /** How many requests were not answered since the flood began. */
    long refused() {
        return refused;
    }

    /** Whether the operator has not heard of this flood, or not for long. */
    boolean isToBeTold(long now) {
        return !isTold || now - toldAt >= REMINDER;
    }

    void told(long now) {
        isTold = true;
        toldAt = now;
    }

    boolean isIdle(long now) {
        return offers.sum(now) == 0 && leases.sum(now) == 0;
    }

    /** With numbers, for the log. */
    String describe(long now) {
        return name + " (" + offers.sum(now) + " offers that nobody took" + most(limit.offers()) + ", "
                + leases.sum(now) + " new leases in a minute" + most(limit.leases()) + ")";
    }

    private static String most(int count) {
        return count > 0 ? " of at most " + count : "";
    }
}
