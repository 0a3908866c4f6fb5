package io.slipway.state;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A small durable map with atomic transactions. Safe for use by many threads.
 *
 * <p>The embedded store serves one node; nodes that share state get another {@code StateStore} bundle and nothing else
 * changes. Every implementation passes {@code StateStoreContract} from this bundle's test-jar.
 */
@ConsumerType
public interface StateStore {

    /** The record of a key as it is durable: once a commit's stage has completed with true, its writes are seen. */
    Optional<Entry> get(Key key) throws IOException;

    /** Every record under a prefix, at one revision. */
    Snapshot scan(Key prefix) throws IOException;

    /**
     * Applies a transaction. Transactions are applied in the order of the calls.
     *
     * @return completes with true when the writes are durable (forced to disk, or held by a quorum), with false when a
     *     condition did not hold and nothing was written; fails with {@link IOException} when durability could not be
     *     had, after which nothing of the transaction is visible
     */
    CompletionStage<Boolean> commit(Transaction transaction);

    /**
     * Follows the changes under a prefix.
     *
     * @param fromRevision changes after this revision are told, usually {@link Snapshot#revision()}
     */
    Registration watch(Key prefix, long fromRevision, Watcher watcher);
}
