package io.slipway.state.embedded;

import java.io.Closeable;
import java.io.IOException;

/** The folder that holds the log. Whoever has it open owns it alone. */
interface LogFolder extends Closeable {

    boolean has(String name) throws IOException;

    LogFile open(String name) throws IOException;

    /** A new, empty file; one of that name that was there is gone. */
    LogFile create(String name) throws IOException;

    /** Atomically gives a file another name; one that had the new name is replaced. */
    void rename(String from, String to) throws IOException;

    /** A copy of a file, forced to disk. */
    void copy(String from, String to) throws IOException;

    /** Deletes a file, if it is there. */
    void delete(String name) throws IOException;

    /** Returns when creations, renames and deletions are on the disk. */
    void force() throws IOException;

    /** The folder and the file as an operator would name them. */
    String describe(String name);
}
