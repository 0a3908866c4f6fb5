package io.slipway.state.embedded;

import io.slipway.state.Entry;
import io.slipway.state.Key;
import io.slipway.state.Registration;
import io.slipway.state.Snapshot;
import io.slipway.state.StateStore;
import io.slipway.state.Transaction;
import io.slipway.state.Watcher;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The store of a single node: an append log in a folder that belongs to this server alone. */
@Component(service = StateStore.class, immediate = true, configurationPid = EmbeddedStateStore.PID)
@Designate(ocd = EmbeddedStateStore.Config.class)
public final class EmbeddedStateStore implements StateStore {

    static final String PID = "io.slipway.state.embedded";

    /** As in {@code etc/io.slipway.state.embedded.cfg}. */
    @ObjectClassDefinition(name = "Slipway embedded state store", description = "Leases and marks on this node's disk")
    public @interface Config {

        @AttributeDefinition(description = "Folder of the log; empty: ${karaf.data}/state. One server at a time.")
        String folder() default "";

        @AttributeDefinition(description = "Transactions that may wait for the disk; more are refused")
        String queueCapacity() default "16384";

        @AttributeDefinition(description = "Changes kept for watchers that are behind")
        String watchBacklog() default "16384";

        @AttributeDefinition(description = "Disk space taken ahead of the log, in MiB")
        String reserveMegabytes() default "8";

        @AttributeDefinition(
                description = "A log longer than this, in MiB, and than twice its live records is rewritten")
        String compactAboveMegabytes() default "16";
    }

    private final LogStore store;

    /** @throws IOException when the folder cannot be used or is in use; the message says what to do */
    @Activate
    public EmbeddedStateStore(Config config) throws IOException {
        Settings settings = Settings.of(config, Optional.ofNullable(System.getProperty("karaf.data")));
        store = LogStore.open(DiskFolder.own(settings.folder()), settings.limits());
    }

    @Deactivate
    void deactivate() {
        store.close();
    }

    @Override
    public Optional<Entry> get(Key key) throws IOException {
        return store.get(key);
    }

    @Override
    public Snapshot scan(Key prefix) throws IOException {
        return store.scan(prefix);
    }

    @Override
    public CompletionStage<Boolean> commit(Transaction transaction) {
        return store.commit(transaction);
    }

    @Override
    public Registration watch(Key prefix, long fromRevision, Watcher watcher) {
        return store.watch(prefix, fromRevision, watcher);
    }
}
