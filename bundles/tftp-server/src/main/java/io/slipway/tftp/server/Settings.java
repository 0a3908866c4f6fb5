package io.slipway.tftp.server;

import java.time.Duration;

/**
 * What the operator has configured, checked.
 *
 * @param maximumTransfers lookups and transfers at a time, 1 or more
 * @param maximumTransfersPerClient the same for one address
 * @param maximumBlockSize in bytes, 8 to 65464
 * @param timeout before the first retransmission, when the client asks for none
 * @param retries retransmissions of one packet, 0 or more
 * @param lookupThreads that look for files
 * @param lookupQueue requests that wait for one of them
 * @param lookupDeadline after which the client is told that its file could not be found in time
 */
record Settings(
        int maximumTransfers,
        int maximumTransfersPerClient,
        int maximumBlockSize,
        Duration timeout,
        int retries,
        int lookupThreads,
        int lookupQueue,
        Duration lookupDeadline) {

    static Settings of(TftpServer.Config config) {
        return new Settings(
                number("maximumTransfers", config.maximumTransfers(), 1, 1_000_000),
                number("maximumTransfersPerClient", config.maximumTransfersPerClient(), 1, 1_000_000),
                blockSize(config.maximumBlockSize()),
                Duration.ofMillis(number("timeout", config.timeout(), 10, 255_000)),
                number("retries", config.retries(), 0, 100),
                number("lookupThreads", config.lookupThreads(), 1, 256),
                number("lookupQueue", config.lookupQueue(), 1, 1_000_000),
                Duration.ofMillis(number("lookupDeadline", config.lookupDeadline(), 10, 600_000)));
    }

    private static int blockSize(String text) {
        return text.strip().equals("0")
                ? Terms.LARGEST_BLOCK
                : number("maximumBlockSize", text, Terms.SMALLEST_BLOCK, Terms.LARGEST_BLOCK);
    }

    /** The container, which could make it a number as well, would not say which key has none. */
    private static int number(String key, String text, int least, int most) {
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
