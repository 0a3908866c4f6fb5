package io.slipway.sockets;

/** How a datagram reaches a machine that has no address yet, and so answers no ARP, without that all others hear it. */
public enum DirectWay {
    /** An Ethernet frame with IP and UDP headers of our own. Needs CAP_NET_RAW. */
    FRAME,
    /** An entry in the kernel's ARP table, and a plain datagram. Needs CAP_NET_ADMIN. */
    ARP
}
