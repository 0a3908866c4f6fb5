package io.slipway.tftp.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What client and server agree on before a transfer (RFC 2347). An option that is unknown, or whose value is outside
 * its range, is left out of the answer, and it is as if it had never been asked for: RFC 2347 has the server answer the
 * options that it recognises and whose values it accepts. So blksize 0, 7 and 65465 give blocks of 512 bytes.
 *
 * @param blockSize in bytes
 * @param windowSize blocks before an ACK is due (RFC 7440); 1 is lock-step
 * @param timeout before the first retransmission
 * @param acknowledged options to answer with an OACK; when there is none, DATA 1 is the answer
 */
record Terms(int blockSize, int windowSize, Duration timeout, Map<String, String> acknowledged) {

    /** RFC 2348. */
    static final int SMALLEST_BLOCK = 8;
    /** RFC 2348. */
    static final int LARGEST_BLOCK = 65464;
    /** RFC 1350 section 2. */
    static final int DEFAULT_BLOCK = 512;

    /** RFC 2349 allows 255; a client that falls silent is not to keep its socket for half an hour. */
    private static final int LONGEST_TIMEOUT = 30;

    static final String BLOCK_SIZE = "blksize";
    static final String TRANSFER_SIZE = "tsize";
    static final String WINDOW_SIZE = "windowsize";
    static final String TIMEOUT = "timeout";
    /** In microseconds; in no RFC, but tftp-hpa's clients and servers know it. */
    static final String MICRO_TIMEOUT = "utimeout";

    private static final int SHORTEST_MICROS = 10_000;
    /** RFC 7440. */
    static final int LARGEST_WINDOW = 65535;

    Terms {
        acknowledged = Collections.unmodifiableMap(new LinkedHashMap<>(acknowledged));
    }

    /**
     * @param largestBlock that the link and the configuration allow, 8 or more
     * @param largestWindow in blocks; 1 leaves the option unanswered
     */
    static Terms of(
            Map<String, String> asked, long length, int largestBlock, int largestWindow, Duration configuredTimeout) {
        Map<String, String> acknowledged = new LinkedHashMap<>();
        int blockSize = DEFAULT_BLOCK;
        OptionalLong wantedBlock = number(asked, BLOCK_SIZE, SMALLEST_BLOCK, LARGEST_BLOCK);
        if (wantedBlock.isPresent()) {
            // RFC 2348: the server may answer with less than it was asked for.
            blockSize = (int) Math.min(wantedBlock.getAsLong(), largestBlock);
            acknowledged.put(BLOCK_SIZE, Integer.toString(blockSize));
        }
        // RFC 2349: a client that reads says 0 and is told the size, in bytes since the mode is octet; the size that a
        // client says which writes is acknowledged.
        if (number(asked, TRANSFER_SIZE, 0, Long.MAX_VALUE).isPresent()) {
            acknowledged.put(TRANSFER_SIZE, Long.toString(length));
        }
        int windowSize = 1;
        OptionalLong wantedWindow = number(asked, WINDOW_SIZE, 1, LARGEST_WINDOW);
        if (wantedWindow.isPresent() && largestWindow > 1) {
            // RFC 7440 section 3: the same or less.
            windowSize = (int) Math.min(wantedWindow.getAsLong(), largestWindow);
            acknowledged.put(WINDOW_SIZE, Integer.toString(windowSize));
        }
        Duration timeout = timeout(asked, acknowledged).orElse(configuredTimeout);
        return new Terms(blockSize, windowSize, timeout, acknowledged);
    }

    /** The size of the file that a client wants to write (RFC 2349). */
    static OptionalLong size(Map<String, String> asked) {
        return number(asked, TRANSFER_SIZE, 0, Long.MAX_VALUE);
    }

    /** RFC 2349: the server answers with the same value or leaves the option out. */
    private static Optional<Duration> timeout(Map<String, String> asked, Map<String, String> acknowledged) {
        OptionalLong seconds = number(asked, TIMEOUT, 1, LONGEST_TIMEOUT);
        OptionalLong micros = number(asked, MICRO_TIMEOUT, SHORTEST_MICROS, LONGEST_TIMEOUT * 1_000_000L);
        seconds.ifPresent(value -> acknowledged.put(TIMEOUT, Long.toString(value)));
        micros.ifPresent(value -> acknowledged.put(MICRO_TIMEOUT, Long.toString(value)));
        // Who asks for both means the finer one.
        return micros.isPresent()
                ? Optional.of(Duration.of(micros.getAsLong(), ChronoUnit.MICROS))
                : seconds.stream().mapToObj(Duration::ofSeconds).findFirst();
    }

    /**
     * The largest block that reaches the client in one frame: many ROMs cannot put fragments together. The headers of
     * IP, UDP and TFTP take 32 bytes, or 52 with IPv6.
     */
    static int largestBlock(int mtu, InetAddress client, int configured) {
        int headers = client instanceof Inet6Address ? 52 : 32;
        return Math.max(SMALLEST_BLOCK, Math.min(configured, mtu - headers));
    }

    /** Whether the client has asked for just this timeout. */
    boolean hasTimeout() {
        return acknowledged.containsKey(TIMEOUT) || acknowledged.containsKey(MICRO_TIMEOUT);
    }

    boolean hasSize() {
        return acknowledged.containsKey(TRANSFER_SIZE);
    }

    private static OptionalLong number(Map<String, String> options, String name, long least, long most) {
        String text = options.getOrDefault(name, "");
        // 18 digits always fit into a long.
        if (text.isEmpty() || text.length() > 18 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalLong.empty();
        }
        long value = Long.parseLong(text);
        return value < least || value > most ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
