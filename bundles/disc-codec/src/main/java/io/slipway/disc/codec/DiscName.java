package io.slipway.disc.codec;

/**
 * A name in a directory.
 *
 * @param name one part of a path
 * @param at where its tree finds what it names: the offset of a directory record, or a UDF block
 */
record DiscName(String name, long at) {}
