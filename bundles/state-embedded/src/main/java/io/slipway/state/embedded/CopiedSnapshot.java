package io.slipway.state.embedded;

import io.slipway.state.Entry;
import io.slipway.state.Snapshot;
import java.util.Iterator;
import java.util.List;

/** A snapshot that holds its entries itself. */
record CopiedSnapshot(long revision, List<Entry> entries) implements Snapshot {

    @Override
    public Iterator<Entry> iterator() {
        return entries.iterator();
    }

    @Override
    public void close() {
        // Nothing of the store is held: the garbage collector takes the list.
    }
}
