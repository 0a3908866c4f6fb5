package io.slipway.boot.policy;

import io.slipway.boot.Machine;
import io.slipway.state.Entry;
import io.slipway.state.Key;
import io.slipway.state.Registration;
import io.slipway.state.Snapshot;
import io.slipway.state.StateStore;
import io.slipway.state.Transaction;
import io.slipway.state.Watcher;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The machines that commands added: an index in memory of what the state store holds, which follows what this node and
 * others write. Safe for use by many threads.
 */
@Component(service = StoredMachines.class, immediate = true)
public final class StoredMachines implements Watcher {

    private static final Logger LOG = LoggerFactory.getLogger(StoredMachines.class);

    private final StateStore store;
    private final StoredIndex index = new StoredIndex();
    /** What is on its way to the disk has its claims already, so that nothing else can have them. */
    private final Map<Object, Machine> promised = new HashMap<>();

    private final List<Consumer<Set<Machine>>> listeners = new CopyOnWriteArrayList<>();
    private Optional<Registration> watch = Optional.empty();
    private boolean isClosed;

    /** @throws IOException the store could not be read: who does not know the machines would boot them wrongly */
    @Activate
    public StoredMachines(@Reference StateStore store) throws IOException {
        this.store = store;
        follow();
    }

    /** What is known now; changes as the store does. */
    StoredIndex index() {
        return index;
    }

    /** @param listener is told which machines may be served or not any more since a change, on any thread */
    Registration onChange(Consumer<Set<Machine>> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /**
     * @return completes when it is durable and is found
     * @throws IllegalArgumentException another machine of the store has something of it, or it is too large
     */
    CompletionStage<Void> put(Machine machine) {
        Transaction transaction = Transaction.put(MachineRecord.key(machine.name()), MachineRecord.encode(machine));
        List<Object> claims = Claims.of(machine);
        CompletionStage<Boolean> commit;
        synchronized (this) {
            index.obstacle(machine).ifPresent(StoredMachines::refuse);
            for (Object claim : claims) {
                Machine holder = promised.getOrDefault(claim, machine);
                if (!holder.name().equals(machine.name())) {
                    refuse(Claims.describe(claim) + " is that of machine '" + holder.name() + "'");
                }
            }
            claims.forEach(claim -> promised.put(claim, machine));
            // Inside, so that the store has two changes of a machine in the order in which they were asked for.
            commit = store.commit(transaction);
        }
        return commit.handle((done, failure) -> {
                    refresh(MachineRecord.key(machine.name()));
                    synchronized (this) {
                        claims.forEach(claim -> promised.remove(claim, machine));
                    }
                    return commit;
                })
                .thenCompose(same -> same)
                .thenAccept(done -> {});
    }

    private static void refuse(String reason) {
        throw new IllegalArgumentException(reason);
    }

    /**
     * Forgets a machine.
     *
     * @return completes when it is durable, with false when there was none
     */
    CompletionStage<Boolean> remove(String name) {
        Key key = MachineRecord.key(name);
        boolean was = index.named(name).isPresent();
        CompletionStage<Boolean> commit =
                store.commit(Transaction.builder().delete(key).build());
        return commit.thenApply(done -> {
            refresh(key);
            return was;
        });
    }

    private synchronized void follow() throws IOException {
        if (isClosed) {
            return;
        }
        watch.ifPresent(Registration::close);
        Set<String> gone = new HashSet<>();
        index.all().forEach(machine -> gone.add(machine.name()));
        int unreadable = 0;
        try (Snapshot snapshot = store.scan(MachineRecord.PREFIX)) {
            for (Entry entry : snapshot) {
                gone.remove(entry.key().name());
                unreadable += take(entry) ? 0 : 1;
            }
            watch = Optional.of(store.watch(MachineRecord.PREFIX, snapshot.revision(), this));
        }
        gone.forEach(index::remove);
        LOG.info("{} machines in the state store, {} unreadable", index.all().size(), unreadable);
    }

    private boolean take(Entry entry) {
        try {
            index.put(MachineRecord.decode(entry));
            return true;
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "stored {} cannot be read ({}): what was known of that machine before counts, and after a restart"
                            + " nothing; add it again with machine:add",
                    entry.key(),
                    e.getMessage());
            return false;
        }
    }

    /** Takes what the store has now, whoever wrote it and however late that was heard. */
    private void refresh(Key key) {
        Set<Machine> touched = new HashSet<>();
        synchronized (this) {
            try {
                Optional<Entry> now = store.get(key);
                Optional<Machine> before = index.named(key.name());
                before.map(index::neighbours).ifPresent(touched::addAll);
                now.ifPresentOrElse(this::take, () -> index.remove(key.name()));
                index.named(key.name()).map(index::neighbours).ifPresent(touched::addAll);
                touched.removeIf(machine ->
                        index.named(machine.name()).filter(machine::equals).isEmpty());
            } catch (IOException e) {
                LOG.debug("{} is read when the store tells of it", key, e);
            }
        }
        if (!touched.isEmpty()) {
            listeners.forEach(listener -> listener.accept(touched));
        }
    }

    @Override
    public void changed(long revision, List<Transaction.Write> writes) {
        writes.forEach(write -> refresh(write.key()));
    }

    @Override
    public void lost() {
        try {
            follow();
            Set<Machine> all = new HashSet<>(index.all());
            listeners.forEach(listener -> listener.accept(all));
        } catch (IOException e) {
            LOG.warn(
                    "machines that another node adds or removes are not heard of any more ({}): look at the disk (space,"
                            + " health) of the data directory, then restart the bundle slipway-boot-policy",
                    e.getMessage());
        }
    }

    @Deactivate
    synchronized void close() {
        isClosed = true;
        watch.ifPresent(Registration::close);
    }
}
