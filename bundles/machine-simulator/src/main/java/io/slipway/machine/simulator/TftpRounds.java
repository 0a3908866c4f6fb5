package io.slipway.machine.simulator;

import io.netty.buffer.ByteBuf;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** All machines fetch one file by TFTP at once, again and again. */
record TftpRounds(
        Machines machines, InetSocketAddress server, String path, TftpTerms terms, ByteBuf expected, Faults faults) {

    static final String USAGE =
            "tftp --server ADDRESS[:PORT] --path PATH [--expected FILE] [--clients N] [--blksize BYTES]"
                    + " [--window BLOCKS] [--rounds N] [--threads N] [--warm SECONDS] [--warm-clients N] [--hold 0|1]"
                    + " [--timeout MILLISECONDS] [--retries N]"
                    + " [--loss SHARE] [--disorder SHARE] [--late MILLISECONDS] [--slow MILLISECONDS] [--poll 0|1] [--seed N]";

    /** True when every machine has got its file in every round. */
    static boolean run(Arguments arguments, PrintStream out) throws IOException {
        InetSocketAddress server = arguments.address("server", 69);
        String path = arguments.text("path");
        ByteBuf expected = arguments.content("expected");
        int clients = arguments.number("clients", 1);
        TftpTerms terms = new TftpTerms(
                arguments.number("blksize", 1428),
                arguments.number("window", 1),
                arguments.millis("timeout", 1000),
                arguments.number("retries", 6));
        Faults faults = new Faults(
                arguments.share("loss"),
                arguments.share("disorder"),
                arguments.millis("late", 2),
                arguments.millis("slow", 0));
        Duration warm = Duration.ofSeconds(arguments.number("warm", 0));
        int warming = arguments.number("warm-clients", clients);
        int count = arguments.number("rounds", 1);
        long seed = arguments.number("seed", 1);
        int threads = arguments.number("threads", 1);
        boolean isPolling = arguments.number("poll", 0) == 1;
        boolean isHeld = arguments.number("hold", 0) == 1;
        arguments.requireAllUsed();
        try (Machines machines = new Machines(threads, isPolling)) {
            TftpRounds rounds = new TftpRounds(machines, server, path, terms, expected, faults);
            long until = System.nanoTime() + warm.toNanos();
            while (System.nanoTime() < until) {
                rounds.play(warming, seed++, "warm ", out);
            }
            if (isHeld) {
                awaitGo(out);
            }
            boolean isWhole = true;
            for (int i = 0; i < count; i++) {
                isWhole &= rounds.play(clients, seed++, "", out);
            }
            return isWhole;
        }
    }

    /** Until a byte comes: whoever measures has to look at the server between what warms up and what counts. */
    private static void awaitGo(PrintStream out) throws IOException {
        out.println("ready");
        out.flush();
        if (System.in.read() < 0) {
            throw new EOFException("nobody says when to begin: --hold 1 waits for a line");
        }
    }

    /** One round: a line of names and values, and what went wrong first. */
    private boolean play(int clients, long seed, String prefix, PrintStream out) {
        long begun = System.nanoTime();
        List<CompletableFuture<Fetched>> fetches = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            fetches.add(machines.tftp(Machines.ANY, server, path, terms, expected, faults, seed * clients + i));
        }
        List<Fetched> fetched = fetches.stream().map(CompletableFuture::join).toList();
        double seconds = (System.nanoTime() - begun) / 1e9;
        long bytes = fetched.stream().mapToLong(Fetched::bytes).sum();
        List<String> failures =
                fetched.stream().flatMap(one -> one.failure().stream()).toList();
        out.println(prefix
                + String.format(
                        Locale.ROOT,
                        "machines %d failed %d bytes %d seconds %.3f MB/s %.1f repeats %d %s",
                        fetched.size(),
                        failures.size(),
                        bytes,
                        seconds,
                        bytes / 1e6 / seconds,
                        fetched.stream().mapToInt(Fetched::repeats).sum(),
                        Percentiles.of(fetched.stream().map(Fetched::took).toList())));
        failures.stream().limit(3).forEach(failure -> out.println("failed: " + failure));
        return failures.isEmpty();
    }
}
