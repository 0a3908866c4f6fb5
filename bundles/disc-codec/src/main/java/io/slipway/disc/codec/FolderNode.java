package io.slipway.disc.codec;

import java.util.List;

/**
 * A directory.
 *
 * @param id the same for the same folder, and for no other one of its disc
 * @param extents of what it holds
 */
record FolderNode(long id, List<DiscExtent> extents) implements DiscNode {
    FolderNode {
        extents = List.copyOf(extents);
    }
}
