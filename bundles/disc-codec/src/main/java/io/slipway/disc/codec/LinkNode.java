package io.slipway.disc.codec;

/**
 * A symbolic link.
 *
 * @param target {@code /}-separated; begins with {@code /} when it leads out of the disc
 */
record LinkNode(String target) implements DiscNode {}
