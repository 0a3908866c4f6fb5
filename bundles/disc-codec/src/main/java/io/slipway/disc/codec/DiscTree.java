package io.slipway.disc.codec;

import java.io.IOException;

/** One of the file trees that a disc has. Safe for use by many threads. */
interface DiscTree {

    /** The volume's identifier, trimmed. */
    String label();

    FolderNode root();

    /**
     * The names in a folder.
     *
     * @throws IOException the directory is damaged, or larger than a disc may ask for
     */
    Directory list(DiscReading reading, FolderNode folder) throws IOException;

    /**
     * What a name leads to.
     *
     * @param name from a directory of this tree
     * @throws IOException what describes it is damaged
     */
    DiscNode node(DiscReading reading, DiscName name) throws IOException;
}
