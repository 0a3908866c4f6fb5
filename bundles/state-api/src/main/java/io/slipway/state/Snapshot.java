package io.slipway.state;

import org.osgi.annotation.versioning.ConsumerType;

/** Every record under a prefix as it was at one revision, in key order. Close it: it may hold the store's memory. */
@ConsumerType
public interface Snapshot extends Iterable<Entry>, AutoCloseable {

    /** The store's revision that this snapshot shows; a watch from here misses nothing. */
    long revision();

    @Override
    void close();
}
