package io.slipway.state;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Is told of durable changes, in order, one call at a time, on a thread of the store. Must return quickly. */
@ConsumerType
public interface Watcher {

    /**
     * The writes of one transaction that fall under the watched prefix.
     *
     * @param revision the store's revision after the transaction
     */
    void changed(long revision, List<Transaction.Write> writes);

    /** Changes were lost (the watch began too far back, or this watcher was too slow): scan again, watch again. */
    void lost();
}
