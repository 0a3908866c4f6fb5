package io.slipway.dhcp.server.capture;

import java.net.InetSocketAddress;
import java.time.Instant;

/**
 * A UDP datagram out of a capture.
 *
 * @param number of its packet in the file, from 1
 * @param payload do not change it
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record CapturedDatagram(
        long number, Instant time, InetSocketAddress sender, InetSocketAddress recipient, byte[] payload) {}
