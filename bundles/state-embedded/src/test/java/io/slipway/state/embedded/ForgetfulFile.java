package io.slipway.state.embedded;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;

/** A file as programs see it, and as the disk has it: sectors that were not forced may or may not be there. */
final class ForgetfulFile {

    private static final int SECTOR = 512;

    private byte[] seen = {};
    private int seenSize;
    private byte[] durable = {};
    private int durableSize;
    private final BitSet dirty = new BitSet();

    int size() {
        return seenSize;
    }

    byte[] content() {
        return Arrays.copyOf(seen, seenSize);
    }

    void read(ByteBuffer target, long position) {
        int count = Math.max(0, Math.min(target.remaining(), seenSize - (int) position));
        target.put(seen, (int) position, count);
    }

    void write(byte[] bytes, long position) {
        int end = (int) position + bytes.length;
        room(end);
        System.arraycopy(bytes, 0, seen, (int) position, bytes.length);
        touch((int) position, end);
        seenSize = Math.max(seenSize, end);
    }

    void truncate(long size) {
        if (size < seenSize) {
            Arrays.fill(seen, (int) size, seenSize, (byte) 0);
            touch((int) size, seenSize);
            seenSize = (int) size;
        }
    }

    void force() {
        dirty.stream().forEach(sector -> copySector(sector, SECTOR));
        dirty.clear();
        durableSize = seenSize;
    }

    /** As kernels do: pages that could not be written are clean afterwards, and the next force says nothing. */
    void failForce() {
        dirty.clear();
    }

    /** What is there after the power came back. */
    ForgetfulFile afterCrash(Random random) {
        dirty.stream()
                .filter(sector -> random.nextBoolean())
                .forEach(sector -> copySector(sector, random.nextInt(4) == 0 ? random.nextInt(SECTOR) : SECTOR));
        ForgetfulFile left = new ForgetfulFile();
        int size = random.nextBoolean() ? durableSize : seenSize;
        left.room(size);
        left.write(Arrays.copyOf(durable, size), 0);
        left.force();
        return left;
    }

    private void copySector(int sector, int bytes) {
        System.arraycopy(seen, sector * SECTOR, durable, sector * SECTOR, bytes);
    }

    private void touch(int from, int to) {
        dirty.set(from / SECTOR, (to + SECTOR - 1) / SECTOR);
    }

    private void room(int size) {
        if (size > seen.length) {
            int capacity = (2 * size + SECTOR) / SECTOR * SECTOR;
            seen = Arrays.copyOf(seen, capacity);
            durable = Arrays.copyOf(durable, capacity);
        }
    }
}
