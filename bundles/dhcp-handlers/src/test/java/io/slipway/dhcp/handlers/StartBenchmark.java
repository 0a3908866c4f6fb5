package io.slipway.dhcp.handlers;

import io.slipway.boot.MacAddress;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.state.Transaction;
import io.slipway.state.embedded.EmbeddedStateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * How long a start with many leases takes, and how much heap, with what showing them all takes. {@code fill FOLDER COUNT}: a store with so many, whose
 * process ends as if it were killed; {@code start FOLDER}: what a start does with it. Run {@code main}; not a test.
 */
public final class StartBenchmark {

    private StartBenchmark() {}

    public static void main(String... arguments) throws IOException {
        Path folder = Path.of(arguments[1]);
        long begun = System.nanoTime();
        EmbeddedStateStore store = new EmbeddedStateStore(
                Configs.of(EmbeddedStateStore.Config.class, Map.of("folder", folder.toString())));
        if (arguments[0].equals("fill")) {
            fill(store, Integer.parseInt(arguments[2]));
        } else {
            double opened = (System.nanoTime() - begun) / 1e9;
            Leases leases = new Leases(store);
            double took = (System.nanoTime() - begun) / 1e9;
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            System.out.printf(
                    Locale.ROOT,
                    "ready after %.2f s, the log read after %.2f s; heap: limit %d MB, in use %d MB; file %d MB",
                    took,
                    opened,
                    runtime.maxMemory() >> 20,
                    (runtime.totalMemory() - runtime.freeMemory()) >> 20,
                    Files.size(folder.resolve("state.log")) >> 20);
            System.out.println("; " + leases.all().size() + " leases");
        }
        System.exit(0); // without closing: nothing waits for the store
    }

    private static void fill(EmbeddedStateStore store, int count) {
        long now = System.currentTimeMillis() / 1000;
        CompletableFuture<Boolean> last = CompletableFuture.completedFuture(true);
        for (int i = 0; i < count; i++) {
            MacAddress mac = new MacAddress(0x525400000000L + i);
            Lease lease = new Lease(
                    Addresses.of(0x0a000001 + i),
                    mac,
                    "01" + HexFormat.of().formatHex(mac.octets()),
                    "node" + i,
                    now,
                    now + 86_400,
                    Lease.State.BOUND);
            last = store.commit(Transaction.put(LeaseRecord.key(lease), LeaseRecord.encode(lease, 1)))
                    .toCompletableFuture();
            if (i % 8192 == 0) {
                last.join();
            }
        }
        last.join();
    }
}
