package io.slipway.tftp.server;

import java.io.IOException;
import java.util.Random;

/**
 * What a bad network does, seeded. The last ACK is lost like any other, so a test that counts on a completed transfer
 * loses DATA only.
 */
final class Mischief {

    static final Mischief NONE = new Mischief(0, 0, 0, 0);

    private final Random random;
    private final double lostData;
    private final double lostAck;
    private final double doubledAck;
    private int lastAck = -1;

    Mischief(long seed, double lostData, double lostAck, double doubledAck) {
        this.random = new Random(seed);
        this.lostData = lostData;
        this.lostAck = lostAck;
        this.doubledAck = doubledAck;
    }

    boolean loses() {
        return lostData > 0 && random.nextDouble() < lostData;
    }

    /** Sends an ACK, or not, or twice, or an old one after it. */
    void acknowledge(int block, TestClient client) throws IOException {
        if (lostAck > 0 && random.nextDouble() < lostAck) {
            return;
        }
        client.acknowledge(block);
        if (doubledAck > 0 && random.nextDouble() < doubledAck) {
            client.acknowledge(block);
            if (lastAck >= 0) {
                client.acknowledge(lastAck);
            }
        }
        lastAck = block;
    }
}
