package io.slipway.boot.clients;

import io.slipway.boot.BootClient;
import io.slipway.boot.MacAddress;
import io.slipway.state.Entry;
import io.slipway.state.Snapshot;
import io.slipway.state.StateStore;
import io.slipway.state.Transaction;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the clients in the state store, behind the back of whoever learns of them. Safe for use by many threads. */
final class ClientArchive implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClientArchive.class);
    private static final int PATIENCE_SECONDS = 10;
    private static final int CLOSING_SECONDS = 2;

    private final StateStore store;
    private final int maximumWaiting;
    private final Map<MacAddress, Optional<BootClient>> waiting = new LinkedHashMap<>();
    private final ExecutorService writer = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "slipway-boot-clients");
        thread.setDaemon(true);
        return thread;
    });

    /** Those that are stored, or wait for it: of the others nothing need be deleted. */
    private final Set<MacAddress> stored = new HashSet<>();

    private boolean isWriting;
    private boolean isFailing;

    /** @param maximumWaiting the most changes that wait for the store; more are not stored */
    ClientArchive(StateStore store, int maximumWaiting) {
        this.store = store;
        this.maximumWaiting = maximumWaiting;
    }

    /** What was stored, the oldest first. */
    List<BootClient> restore() {
        List<ClientRecord> records = new ArrayList<>();
        int unreadable = 0;
        try (Snapshot snapshot = store.scan(ClientRecord.PREFIX)) {
            for (Entry entry : snapshot) {
                try {
                    records.add(ClientRecord.decode(entry.bytes()));
                } catch (IOException e) {
                    unreadable++;
                    LOG.debug("{} is left out", entry.key(), e);
                }
            }
        } catch (IOException e) {
            LOG.warn(
                    "cannot read the boot clients of before ({}): machines are unknown until they ask for an address"
                            + " again; check the state store's disk",
                    e.getMessage());
            LOG.debug("the failure", e);
        }
        LOG.info("{} boot clients known from before, {} unreadable", records.size(), unreadable);
        synchronized (this) {
            records.forEach(record -> stored.add(record.client().mac()));
        }
        records.sort(Comparator.comparing(ClientRecord::written));
        return records.stream().map(ClientRecord::client).toList();
    }

    /** Notes a client to be stored, or to be deleted when there is none; does not wait. */
    synchronized void note(MacAddress mac, Optional<BootClient> client) {
        if (client.isEmpty() && !stored.contains(mac)) {
            return;
        }
        if (waiting.size() >= maximumWaiting && !waiting.containsKey(mac)) {
            LOG.debug("the state store is too slow: {} is not stored", mac);
            return;
        }
        waiting.put(mac, client);
        if (client.isPresent()) {
            stored.add(mac);
        } else {
            stored.remove(mac);
        }
        if (!isWriting && !writer.isShutdown()) {
            isWriting = true;
            writer.execute(this::writeWaiting);
        }
    }

    private void writeWaiting() {
        Map<MacAddress, Optional<BootClient>> batch = nextBatch();
        while (!batch.isEmpty() && write(batch)) {
            batch = nextBatch();
        }
    }

    private synchronized Map<MacAddress, Optional<BootClient>> nextBatch() {
        Map<MacAddress, Optional<BootClient>> batch = new LinkedHashMap<>();
        Iterator<Map.Entry<MacAddress, Optional<BootClient>>> entries =
                waiting.entrySet().iterator();
        while (entries.hasNext() && batch.size() < Transaction.MAX_WRITES) {
            Map.Entry<MacAddress, Optional<BootClient>> entry = entries.next();
            batch.put(entry.getKey(), entry.getValue());
            entries.remove();
        }
        isWriting = !batch.isEmpty();
        return batch;
    }

    private boolean write(Map<MacAddress, Optional<BootClient>> batch) {
        Transaction.Builder transaction = Transaction.builder();
        Instant now = Instant.now();
        batch.forEach((mac, client) -> client.ifPresentOrElse(
                present -> write(transaction, new ClientRecord(present, now)),
                () -> transaction.delete(ClientRecord.key(mac))));
        try {
            store.commit(transaction.build()).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            isFailing = false;
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return putBack(batch, e);
        } catch (ExecutionException e) {
            return putBack(batch, e.getCause());
        } catch (TimeoutException | RuntimeException e) {
            return putBack(batch, e);
        }
    }

    /** One that no record can hold must not keep the others from being stored. */
    private static void write(Transaction.Builder transaction, ClientRecord record) {
        MacAddress mac = record.client().mac();
        try {
            transaction.write(ClientRecord.key(mac), record.encode());
        } catch (IllegalArgumentException e) {
            LOG.debug("{} is not stored: only a label that a plugin gave it can be that long", mac, e);
        }
    }

    /** The batch waits for the next change, which tries again. */
    private synchronized boolean putBack(Map<MacAddress, Optional<BootClient>> batch, Throwable failure) {
        if (!isFailing) {
            isFailing = true;
            LOG.warn(
                    "cannot store boot clients ({}): after a restart machines are unknown until they ask for an"
                            + " address again; check the state store's disk",
                    failure.toString());
        }
        LOG.debug("{} boot clients wait", batch.size(), failure);
        batch.forEach(waiting::putIfAbsent);
        isWriting = false;
        return false;
    }

    /** Tries once more to store what waits, and gives it a moment. Once only. */
    @Override
    public void close() {
        synchronized (this) {
            writer.execute(this::writeWaiting);
            writer.shutdown();
        }
        try {
            if (!writer.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
                writer.shutdownNow();
            }
        } catch (InterruptedException e) {
            writer.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
