package io.slipway.image.store.source;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * An archive's bytes, out of gzip when they are in it. What is packed by another program is refused with the command that
 * unpacks it: only gzip is in the JDK.
 *
 * @param packed whether there is an end of gzip's own to be checked
 */
record Unpacked(InputStream stream, boolean packed) {

    private static final int BUFFER = 64 * 1024;

    /** @throws IOException names the archive and the cure */
    static Unpacked of(String archive, InputStream bytes) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(bytes, BUFFER);
        buffered.mark(TarHeader.BLOCK);
        byte[] head = buffered.readNBytes(TarHeader.BLOCK);
        buffered.reset();
        if (head.length == 0) {
            throw new IOException(archive + " is empty; fetch it again");
        }
        Optional<Packing> packing = TarHeader.begins(head) ? Optional.empty() : Packing.of(head);
        if (packing.isEmpty()) {
            return new Unpacked(buffered, false);
        }
        if (packing.get() != Packing.GZIP) {
            throw packing.get().refused(archive);
        }
        try {
            return new Unpacked(new GZIPInputStream(new Members(buffered), BUFFER), true);
        } catch (EOFException | ZipException e) {
            throw new IOException(archive + " is damaged (gzip: " + e.getMessage() + "); fetch it again", e);
        }
    }

    /**
     * The JDK looks for a further member (RFC 1952 section 2.2) only where more bytes are available; a file or a pipe that
     * has none just now must not pass for one that ends.
     */
    private static final class Members extends FilterInputStream {

        Members(BufferedInputStream bytes) {
            super(bytes);
        }

        @Override
        public int available() throws IOException {
            in.mark(1);
            boolean ended = in.read() < 0;
            in.reset();
            return ended ? 0 : 1;
        }
    }
}
