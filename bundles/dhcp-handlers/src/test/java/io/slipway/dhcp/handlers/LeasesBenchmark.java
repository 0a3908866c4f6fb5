package io.slipway.dhcp.handlers;

import io.slipway.boot.MacAddress;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.state.Entry;
import io.slipway.state.Key;
import io.slipway.state.Registration;
import io.slipway.state.Snapshot;
import io.slipway.state.StateStore;
import io.slipway.state.Transaction;
import io.slipway.state.Watcher;
import java.io.IOException;
import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * What a DISCOVER and a REQUEST cost in the lease book alone, without packets and disk, and how much memory a lease
 * takes. Run {@code main}; not a test.
 */
public final class LeasesBenchmark {

    private static final Subnet WIDE = Chain.subnet("10.0.0.0/12", "10.0.0.1-10.15.255.254");
    private static final Terms HOUR = new Terms(Duration.ofHours(1), true, false);
    private static final int ROUNDS = 7;
    private static final int CALLS = 50_000;

    private LeasesBenchmark() {}

    public static void main(String... arguments) throws IOException {
        System.out.println("leases of the /12   DISCOVER ns   REQUEST ns   renewal ns   bytes a lease   load s");
        for (int leases : new int[] {1_000, 1_000, 100_000, 1_000_000, (int) (1_048_574 * 0.99)}) {
            measure(leases);
        }
    }

    private static void measure(int count) throws IOException {
        Nanos nanos = new Nanos();
        long before = usedHeap();
        long started = System.nanoTime();
        Leases leases = new Leases(new Stored(count), new LeaseClock(() -> nanos.now, 1_000_000));
        double load = (System.nanoTime() - started) / 1e9;
        leases.offer(requester(Integer.MAX_VALUE), Optional.empty());
        long bytes = (usedHeap() - before) / count;
        Random random = new Random(1);
        long[] discover = new long[ROUNDS];
        long[] request = new long[ROUNDS];
        long[] renewal = new long[ROUNDS];
        // As many addresses come and go in a round as there are free ones at 99 %.
        int calls = Math.min(CALLS, (int) ((1_048_574 - count) * 0.9));
        for (int round = 0; round < ROUNDS; round++) {
            int from = 2_000_000 + round * calls;
            List<Requester> who = IntStream.range(from, from + calls)
                    .mapToObj(LeasesBenchmark::requester)
                    .toList();
            Inet4Address[] offered = new Inet4Address[calls];
            long start = System.nanoTime();
            for (int i = 0; i < calls; i++) {
                offered[i] = ((Offer.Made) leases.offer(who.get(i), Optional.empty()))
                        .lease()
                        .address();
            }
            discover[round] = (System.nanoTime() - start) / calls;
            start = System.nanoTime();
            for (int i = 0; i < calls; i++) {
                granted(leases.claim(who.get(i), offered[i], HOUR));
            }
            request[round] = (System.nanoTime() - start) / calls;
            int[] known = random.ints(calls, 0, count).toArray();
            List<Requester> holders =
                    IntStream.of(known).mapToObj(LeasesBenchmark::requester).toList();
            start = System.nanoTime();
            for (int i = 0; i < calls; i++) {
                granted(leases.claim(holders.get(i), address(known[i]), HOUR));
            }
            renewal[round] = (System.nanoTime() - start) / calls;
            for (int i = 0; i < calls; i++) {
                leases.release(who.get(i), offered[i]);
            }
            nanos.now += 1_000_000_000L;
        }
        System.out.printf(
                Locale.ROOT,
                "%18d %13d %12d %12d %15d %8.2f%n",
                count,
                median(discover),
                median(request),
                median(renewal),
                bytes,
                load);
    }

    private static long median(long... values) {
        long[] sorted = values.clone();
        java.util.Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static Inet4Address address(int number) {
        return Addresses.of(0x0a000001 + number);
    }

    private static MacAddress mac(int number) {
        return new MacAddress(0x525400000000L + number);
    }

    private static byte[] names(int number) {
        byte[] clientId = new byte[7];
        clientId[0] = 1;
        System.arraycopy(mac(number).octets(), 0, clientId, 1, 6);
        return ClientNames.pack(clientId, ("node" + number % 10_000_000).getBytes(StandardCharsets.US_ASCII));
    }

    private static void granted(Claim claim) {
        if (!(claim instanceof Claim.Granted)) {
            throw new IllegalStateException("not granted: " + claim);
        }
    }

    private static Requester requester(int number) {
        return new Requester(
                mac(number),
                names(number),
                List.of(Addresses.parse("10.15.255.255")),
                Addresses.ANY,
                "eth0",
                Optional.empty(),
                List.of(WIDE),
                Optional.empty(),
                List.of(),
                Set.of(),
                false);
    }

    private static final class Nanos {
        private long now;
    }

    /** A store that has leases, each made when it is read, and takes every write at once. */
    private record Stored(int count) implements StateStore {

        @Override
        public Optional<Entry> get(Key key) {
            return Optional.empty();
        }

        @Override
        public Snapshot scan(Key prefix) {
            Iterator<Entry> entries = IntStream.range(0, count)
                    .mapToObj(i -> {
                        Content content = new Content(
                                Lease.State.BOUND, mac(i).bits(), names(i), 999_000, 1_010_000 + i % 40_000);
                        Slot slot = new Slot(Addresses.bits(address(i)));
                        slot.become(content);
                        Lease lease = slot.lease();
                        return new Entry(LeaseRecord.key(lease), LeaseRecord.encode(lease, 1), 1);
                    })
                    .iterator();
            return new Snapshot() {
                @Override
                public long revision() {
                    return 1;
                }

                @Override
                public void close() {
                    // Holds nothing.
                }

                @Override
                public Iterator<Entry> iterator() {
                    return entries;
                }
            };
        }

        @Override
        public CompletionStage<Boolean> commit(Transaction transaction) {
            return CompletableFuture.completedFuture(true);
        }

        @Override
        public Registration watch(Key prefix, long fromRevision, Watcher watcher) {
            return () -> {};
        }
    }
}
