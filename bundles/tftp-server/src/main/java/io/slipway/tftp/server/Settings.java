package io.slipway.tftp.server;

import java.time.Duration;

/**
 * What the operator has configured, checked.
 *
 * @param maximumTransfers lookups and transfers at a time, 1 or more
 * @param maximumBlockSize in bytes, 8 to 65464
 * @param timeout before the first retransmission, when the client asks for none
 * @param retries retransmissions of one packet, 0 or more
 * @param lookupThreads that look for files
 * @param lookupQueue requests that wait for one of them
 * @param lookupDeadline after which the client is told that its file could not be found in time
 */
record Settings(
        int maximumTransfers,
        int maximumBlockSize,
        Duration timeout,
        int retries,
        int lookupThreads,
        int lookupQueue,
        Duration lookupDeadline) {

    static Settings of(TftpServer.Config config) {
        check("maximumTransfers", config.maximumTransfers(), 1, 1_000_000);
        if (config.maximumBlockSize() != 0) {
            check("maximumBlockSize", config.maximumBlockSize(), Terms.SMALLEST_BLOCK, Terms.LARGEST_BLOCK);
        }
        check("timeout", config.timeout(), 10, 255_000);
        check("retries", config.retries(), 0, 100);
        check("lookupThreads", config.lookupThreads(), 1, 256);
        check("lookupQueue", config.lookupQueue(), 1, 1_000_000);
        check("lookupDeadline", config.lookupDeadline(), 10, 600_000);
        return new Settings(
                config.maximumTransfers(),
                config.maximumBlockSize() == 0 ? Terms.LARGEST_BLOCK : config.maximumBlockSize(),
                Duration.ofMillis(config.timeout()),
                config.retries(),
                config.lookupThreads(),
                config.lookupQueue(),
                Duration.ofMillis(config.lookupDeadline()));
    }

    private static void check(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(TftpServer.PID + ": " + key + " = " + value + "; expected "
                    + least + " to " + most + (key.equals("maximumBlockSize") ? ", or 0 for no limit" : ""));
        }
    }
}
