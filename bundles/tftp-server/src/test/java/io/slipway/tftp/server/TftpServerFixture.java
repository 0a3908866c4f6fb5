package io.slipway.tftp.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A server on loopback, with short times. */
final class TftpServerFixture implements AutoCloseable {

    final FakeBoot boot = new FakeBoot();
    final TftpRequests requests;
    final LoopbackDoor door;

    TftpServerFixture() {
        this(settings(100, 200, 8));
    }

    TftpServerFixture(Settings settings) {
        this(settings, 1500);
    }

    TftpServerFixture(Settings settings, int mtu) {
        this(settings, mtu, InetAddress.getLoopbackAddress());
    }

    TftpServerFixture(Settings settings, int mtu, InetAddress own) {
        requests = new TftpRequests(boot, settings);
        door = new LoopbackDoor(own, mtu, requests::received);
    }

    static Settings settings(int maximumTransfers, int timeoutMillis, int retries) {
        return new Settings(
                maximumTransfers,
                100,
                1000,
                Terms.LARGEST_BLOCK,
                64,
                Duration.ofMillis(timeoutMillis),
                retries,
                false,
                2,
                100,
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                Optional.empty());
    }

    InetSocketAddress address() {
        return door.address();
    }

    static byte[] content(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** Waits for a condition, looking often. */
    static void await(BooleanSupplier condition, String what) {
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("never: " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Every transfer has ended, its socket is closed and it is forgotten. */
    void awaitQuiet() {
        await(() -> requests.active() == 0 && door.isQuiet(), "all transfers over");
    }

    @Override
    public void close() {
        requests.stop(0);
        door.close();
    }
}
