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

    /**
     * By which ways replies left on an interface.
     *
     * @param newcomers how clients without an address are answered now: {@code broadcast}, {@code frame}, {@code arp},
     *     or broadcast since what is configured cannot be
     * @param direct replies that went to such a client alone, by frame or ARP entry
     * @param failed those that should have and were broadcast
     * @param broadcast all that were broadcast
     * @param unicast to clients that have an address, and to relay agents
     */
    record Delivered(String link, String newcomers, long direct, long failed, long broadcast, long unicast) {}

    /** By interface; without those on which nothing has happened. */
    List<Delivered> delivered();

    /** By kind, then by name. Counters that never counted are left out. */
    List<Count> counts();
}
