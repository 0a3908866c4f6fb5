package io.slipway.disc.codec;

/**
 * A regular file whose bytes do not lie on the disc as they are.
 *
 * @param why follows the file's name
 */
record UnreadableNode(String why) implements DiscNode {}
