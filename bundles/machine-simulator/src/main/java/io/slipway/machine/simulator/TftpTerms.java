package io.slipway.machine.simulator;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a machine asks of a TFTP server, and how patient it is.
 *
 * @param blockSize in bytes (RFC 2348); 512 asks for nothing
 * @param windowSize in blocks (RFC 7440); 1 asks for nothing
 * @param timeout before a packet is sent again; doubles with each silence, up to eight times as much
 * @param retries of one packet, before the machine gives up
 */
public record TftpTerms(int blockSize, int windowSize, Duration timeout, int retries) {

    static final int DEFAULT_BLOCK = 512;

    public TftpTerms {
        if (blockSize < 8 || blockSize > 65464 || windowSize < 1 || windowSize > 65535) {
            throw new IllegalArgumentException("block size " + blockSize + ", window size " + windowSize
                    + "; expected 8 to 65464 bytes and 1 to 65535 blocks");
        }
    }

    Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("tsize", "0");
        if (blockSize != DEFAULT_BLOCK) {
            options.put("blksize", Integer.toString(blockSize));
        }
        if (windowSize != 1) {
            options.put("windowsize", Integer.toString(windowSize));
        }
        return options;
    }
}
