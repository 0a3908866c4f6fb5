package io.slipway.disc.codec;

/** A device, a pipe, a socket. */
record OtherNode() implements DiscNode {}
