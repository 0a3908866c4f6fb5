package io.slipway.image.store.source;

import java.time.Instant;

/**
 * What a tar archive says of one of its members.
 *
 * @param path without {@code .} and empty segments; empty for the archive's root
 * @param target of a link, as the archive has it; empty for all others
 * @param size of its content, in bytes; 0 for whatever has none
 */
record TarEntry(String path, Kind kind, String target, long size, Instant modified) {

    /** What an archive can hold. */
    enum Kind {
        FILE,
        FOLDER,
        /** Another name of a member that came before. */
        HARD_LINK,
        SYMBOLIC_LINK
    }
}
