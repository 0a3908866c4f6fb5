package io.slipway.wiretests;

import io.slipway.dhcp.codec.Addresses;
import java.net.Inet4Address;

/**
 * How a datagram came.
 *
 * @param door {@code dhcp on eth0}
 */
record Arrival(String door, Inet4Address sender, int senderPort, Inet4Address recipient) {

    /** As most clients send that have no address. */
    static final Arrival BROADCAST = new Arrival("dhcp on eth0", Addresses.ANY, 68, Addresses.BROADCAST);

    /** Parses {@code dhcp on eth0 from 192.0.2.100:68 to 192.0.2.1}; sender and recipient may be left out. */
    static Arrival parse(String text) {
        String[] words = text.strip().split(" ");
        Inet4Address sender = BROADCAST.sender();
        int port = BROADCAST.senderPort();
        Inet4Address recipient = BROADCAST.recipient();
        for (int i = 3; i + 1 < words.length; i += 2) {
            switch (words[i]) {
                case "from" -> {
                    String[] parts = words[i + 1].split(":");
                    sender = Addresses.parse(parts[0]);
                    port = Integer.parseInt(parts[1]);
                }
                case "to" -> recipient = Addresses.parse(words[i + 1]);
                default -> throw new IllegalArgumentException("'" + text + "'; expected from or to");
            }
        }
        return new Arrival(words[0] + " " + words[1] + " " + words[2], sender, port, recipient);
    }

    @Override
    public String toString() {
        String from = sender.equals(Addresses.ANY) && senderPort == BROADCAST.senderPort
                ? ""
                : " from " + sender.getHostAddress() + ":" + senderPort;
        return door + from + (recipient.equals(Addresses.BROADCAST) ? "" : " to " + recipient.getHostAddress());
    }
}
