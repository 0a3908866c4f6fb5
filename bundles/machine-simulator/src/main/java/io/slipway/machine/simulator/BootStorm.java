package io.slipway.machine.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.PrintStream;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Many machines boot at the same time: DHCP as a PXE ROM, the boot file that they are told by TFTP, and an initrd by HTTP,
 * each from the address that it was leased. The interface must own the addresses of the pool, as with
 * {@code ip route add local 10.0.0.0/16 dev lo}.
 */
record BootStorm(
        Machines machines, DhcpSocket dhcp, Optional<URI> initrd, ByteBuf expected, int clients, Duration within) {

    static final String USAGE =
            "storm --interface NAME --clients N [--initrd URL] [--expected FILE] [--within MILLISECONDS]"
                    + " [--threads N] [--seed N]";

    private static final TftpTerms TERMS = new TftpTerms(1428, 1, Duration.ofSeconds(1), 8);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /**
     * Odd, so that each machine's hardware address is another one; not one after another, for which dnsmasq's choice of
     * an address by a hash gives half of a thousand the same.
     */
    private static final int SPREAD = 0x9e3779b1;

    /** What became of one machine. */
    private record Booted(Leased leased, Duration boot, Fetched last) {}

    /** True when every machine has booted. */
    static boolean run(Arguments arguments, PrintStream out) throws IOException {
        String link = arguments.text("interface");
        int clients = arguments.number("clients", 1000);
        String initrd = arguments.text("initrd", "");
        ByteBuf expected = arguments.content("expected");
        Duration within = arguments.millis("within", 1000);
        int threads = arguments.number("threads", 1);
        long seed = arguments.number("seed", 1);
        arguments.requireAllUsed();
        try (Machines machines = new Machines(threads)) {
            Optional<URI> url = initrd.isEmpty() ? Optional.empty() : Optional.of(URI.create(initrd));
            return new BootStorm(machines, machines.dhcp(link), url, expected, clients, within).play(seed, out);
        }
    }

    private boolean play(long seed, PrintStream out) {
        long begun = System.nanoTime();
        List<CompletableFuture<Booted>> boots = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            Executor later = CompletableFuture.delayedExecutor(within.toMillis() * i / clients, TimeUnit.MILLISECONDS);
            byte[] mac = Arrays.copyOf(
                    ByteBuffer.allocate(8)
                            .putShort((short) 0x0200)
                            .putInt(((int) (seed << 16) + i) * SPREAD)
                            .array(),
                    6);
            boots.add(CompletableFuture.supplyAsync(() -> boot(mac), later).thenCompose(boot -> boot));
        }
        List<Booted> booted = boots.stream().map(CompletableFuture::join).toList();
        double seconds = (System.nanoTime() - begun) / 1e9;
        long bytes = booted.stream().mapToLong(one -> one.last().bytes()).sum();
        List<String> failures =
                booted.stream().flatMap(one -> one.last().failure().stream()).toList();
        out.println(String.format(
                Locale.ROOT,
                "machines %d failed %d bytes %d seconds %.3f MB/s %.1f repeats %d %s",
                booted.size(),
                failures.size(),
                bytes,
                seconds,
                bytes / 1e6 / seconds,
                booted.stream().mapToInt(one -> one.last().repeats()).sum(),
                Percentiles.of(booted.stream().map(Booted::boot).toList())));
        out.println("dhcp repeats "
                + booted.stream().mapToInt(one -> one.leased().repeats()).sum() + " "
                + Percentiles.of(booted.stream().map(one -> one.leased().took()).toList()));
        failures.stream().limit(3).forEach(failure -> out.println("failed: " + failure));
        return failures.isEmpty();
    }

    private CompletableFuture<Booted> boot(byte[] mac) {
        long begun = System.nanoTime();
        return dhcp.lease(mac).thenCompose(leased -> bootFile(leased)
                .thenCompose(first -> initrd(leased, first))
                .thenApply(last -> new Booted(leased, Duration.ofNanos(System.nanoTime() - begun), last)));
    }

    private CompletionStage<Fetched> bootFile(Leased leased) {
        if (leased.failure().isPresent() || leased.bootFile().isEmpty()) {
            return CompletableFuture.completedFuture(new Fetched(0, Duration.ZERO, 0, leased.failure()));
        }
        Inet4Address server = leased.server().orElseThrow();
        return machines.tftp(
                leased.address().orElseThrow(),
                new InetSocketAddress(server, 69),
                leased.bootFile(),
                TERMS,
                Unpooled.EMPTY_BUFFER,
                Faults.NONE,
                1);
    }

    /** After what was fetched first, whose bytes count too. */
    private CompletionStage<Fetched> initrd(Leased leased, Fetched first) {
        if (first.failure().isPresent() || initrd.isEmpty()) {
            return CompletableFuture.completedFuture(first);
        }
        return machines.http(leased.address().orElseThrow(), initrd.get(), expected, PATIENCE)
                .thenApply(last ->
                        new Fetched(first.bytes() + last.bytes(), last.took(), first.repeats(), last.failure()));
    }
}
