package io.slipway.disc.codec;

import java.time.Instant;
import java.util.List;

/**
 * A regular file.
 *
 * @param modified as in {@link DiscFile}
 * @param extents as in {@link DiscFile}
 */
record RegularNode(Instant modified, List<DiscExtent> extents) implements DiscNode {
    RegularNode {
        extents = List.copyOf(extents);
    }

    DiscFile file(String path) {
        long size = extents.stream().mapToLong(DiscExtent::length).sum();
        return new DiscFile(path, size, modified, extents);
    }
}
