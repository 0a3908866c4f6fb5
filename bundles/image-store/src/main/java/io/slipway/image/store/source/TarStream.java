package io.slipway.image.store.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.ZipException;

/** The bytes of a tar archive, which know where in it they are: so that a message says where it is cut short. */
final class TarStream {

    private static final int BUFFER = 64 * 1024;

    private final String archive;
    private final InputStream in;
    private final byte[] skipped = new byte[BUFFER];
    private String place = "at its begin";

    /** @param in is not closed */
    TarStream(String archive, InputStream in) {
        this.archive = archive;
        this.in = in;
    }

    /** What messages say from now on: an entry's name, for example. */
    void at(String where) {
        this.place = where;
    }

    /** The next block; empty where the stream ends before it. */
    Optional<byte[]> block() throws IOException {
        byte[] block = new byte[TarHeader.BLOCK];
        int count = fill(block);
        if (count > 0 && count < block.length) {
            throw cutShort();
        }
        return count == 0 ? Optional.empty() : Optional.of(block);
    }

    byte[] bytes(int size) throws IOException {
        byte[] bytes = new byte[size];
        if (fill(bytes) < size) {
            throw cutShort();
        }
        return bytes;
    }

    /** At least one byte of those that must be there. */
    int content(byte[] target, int offset, int length) throws IOException {
        int count = read(target, offset, length);
        if (count < 0) {
            throw cutShort();
        }
        return count;
    }

    void skip(long size) throws IOException {
        for (long rest = size; rest > 0; ) {
            rest -= content(skipped, 0, (int) Math.min(rest, BUFFER));
        }
    }

    /** Reads to the end of the stream. */
    void drain() throws IOException {
        int count = 0;
        while (count >= 0) {
            count = read(skipped, 0, BUFFER);
        }
    }

    IOException broken(String why) {
        return new IOException("archive " + archive + " is broken " + place + ": " + why
                + "; fetch it again, or make it again with tar --format=pax");
    }

    private IOException cutShort() {
        return new IOException("archive " + archive + " is cut short " + place + "; fetch it again");
    }

    private int fill(byte[] target) throws IOException {
        int done = 0;
        while (done < target.length) {
            int count = read(target, done, target.length - done);
            if (count < 0) {
                break;
            }
            done += count;
        }
        return done;
    }

    /** What the JDK says of compressed bytes names neither the archive nor a cure. */
    private int read(byte[] target, int offset, int length) throws IOException {
        try {
            return in.read(target, offset, length);
        } catch (EOFException e) {
            IOException cutShort = cutShort();
            cutShort.initCause(e);
            throw cutShort;
        } catch (ZipException e) {
            IOException broken = broken("gzip: " + e.getMessage());
            broken.initCause(e);
            throw broken;
        }
    }
}
