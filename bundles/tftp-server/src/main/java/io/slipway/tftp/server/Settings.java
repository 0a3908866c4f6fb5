package io.slipway.tftp.server;

import java.time.Duration;
import java.util.Optional;

/**
 * What the operator has configured, checked.
 *
 * @param maximumTransfers lookups and transfers at a time, 1 or more
 * @param maximumTransfersPerClient the same for one address
 * @param maximumWaiting requests that wait for a transfer to end
 * @param maximumBlockSize in bytes, 8 to 65464
 * @param maximumWindowSize in blocks, 1 to 65535
 * @param timeout before the first retransmission, when the client asks for none
 * @param retries retransmissions of one packet, 0 or more
 * @param isSinglePort whether transfers are sent from the port of the request
 * @param lookupThreads that look for files
 * @param lookupQueue requests that wait for one of them
 * @param lookupDeadline after which the client is told that its file could not be found in time
 * @param drainTime for which transfers may go on when the server stops
 * @param uploads what clients may send us; empty: nothing
 */
record Settings(
        int maximumTransfers,
        int maximumTransfersPerClient,
        int maximumWaiting,
        int maximumBlockSize,
        int maximumWindowSize,
        Duration timeout,
        int retries,
        boolean isSinglePort,
        int lookupThreads,
        int lookupQueue,
        Duration lookupDeadline,
        Duration drainTime,
        Optional<UploadSettings> uploads) {

    static Settings of(TftpServer.Config config) {
        return new Settings(
                number("maximumTransfers", config.maximumTransfers(), 1, 1_000_000),
                number("maximumTransfersPerClient", config.maximumTransfersPerClient(), 1, 1_000_000),
                number("maximumWaiting", config.maximumWaiting(), 0, 1_000_000),
                blockSize(config.maximumBlockSize()),
                number("maximumWindowSize", config.maximumWindowSize(), 1, Terms.LARGEST_WINDOW),
                Duration.ofMillis(number("timeout", config.timeout(), 10, 255_000)),
                number("retries", config.retries(), 0, 100),
                flag("singlePort", config.singlePort()),
                number("lookupThreads", config.lookupThreads(), 1, 256),
                number("lookupQueue", config.lookupQueue(), 1, 1_000_000),
                Duration.ofMillis(number("lookupDeadline", config.lookupDeadline(), 10, 600_000)),
                Duration.ofMillis(number("drainTime", config.drainTime(), 0, 60_000)),
                UploadSettings.of(config));
    }

    private static int blockSize(String text) {
        return text.strip().equals("0")
                ? Terms.LARGEST_BLOCK
                : number("maximumBlockSize", text, Terms.SMALLEST_BLOCK, Terms.LARGEST_BLOCK);
    }

    private static boolean flag(String key, String text) {
        return switch (text.strip()) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new IllegalArgumentException(
                        "etc/" + TftpServer.PID + ".cfg: " + key + " = " + text + "; expected true or false");
        };
    }

    /** The container, which could make it a number as well, would not say which key has none. */
    static int number(String key, String text, int least, int most) {
        try {
            int value = Integer.parseInt(text.strip());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw refused(key, text, least, most);
        }
        throw refused(key, text, least, most);
    }

    private static IllegalArgumentException refused(String key, String text, int least, int most) {
        return new IllegalArgumentException("etc/" + TftpServer.PID + ".cfg: " + key + " = " + text + "; expected "
                + least + " to " + most + (key.equals("maximumBlockSize") ? ", or 0 for no limit" : ""));
    }
}
