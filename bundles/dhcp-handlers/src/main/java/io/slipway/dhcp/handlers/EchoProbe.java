package io.slipway.dhcp.handlers;

import io.slipway.boot.MacAddress;
import java.io.IOException;
import java.net.Inet4Address;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Pings an address, and looks into the kernel's table of neighbours for who answered. Java pings where it may
 * (CAP_NET_RAW) and else knocks at TCP port 7, which a machine that is there refuses. When more addresses wait than
 * can be asked in time, an address counts as silent. Its threads end by themselves when there is nothing to ask.
 */
final class EchoProbe implements AddressProbe {

    private static final int TIMEOUT_MILLIS = 500;
    private static final int THREADS = 16;
    private static final int WAITING = 64;
    private static final Path NEIGHBOURS = Path.of("/proc/net/arp");

    private final ThreadPoolExecutor threads;

    EchoProbe() {
        threads = new ThreadPoolExecutor(
                THREADS, THREADS, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), task -> {
                    Thread thread = new Thread(task, "slipway-dhcp-probe");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public CompletionStage<Answer> ask(Inet4Address address) {
        try {
            return CompletableFuture.supplyAsync(() -> ping(address), threads);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(Answer.SILENCE);
        }
    }

    private static Answer ping(Inet4Address address) {
        try {
            return address.isReachable(TIMEOUT_MILLIS)
                    ? new Answer(true, neighbour(Files.readAllLines(NEIGHBOURS), address))
                    : Answer.SILENCE;
        } catch (IOException e) {
            return Answer.SILENCE;
        }
    }

    /** Who has an address, by the lines of the kernel's table: address, type, flags, MAC address, mask, device. */
    static Optional<MacAddress> neighbour(List<String> table, Inet4Address address) {
        for (String line : table) {
            String[] fields = line.strip().split("\\s+");
            boolean isComplete = fields.length >= 6 && !fields[2].equals("0x0");
            if (isComplete && fields[0].equals(address.getHostAddress())) {
                return fields[3].matches("([0-9a-f]{2}:){5}[0-9a-f]{2}")
                        ? Optional.of(MacAddress.parse(fields[3]))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
