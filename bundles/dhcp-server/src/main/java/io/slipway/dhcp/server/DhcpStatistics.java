package io.slipway.dhcp.server;

import java.util.List;

/** What the server has counted since its start. */
public interface DhcpStatistics {

    /**
     * One counter.
     *
     * @param kind {@code received}, {@code sent} or {@code dropped}
     * @param what a message type, or the reason of a drop
     */
    record Count(String kind, String what, long number) {}

    /** By kind, then by name. Counters that never counted are left out. */
    List<Count> counts();
}
