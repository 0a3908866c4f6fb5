package io.slipway.image.store.export;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.slipway.image.Digest;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * A layout in one archive (POSIX ustar; GNU's base-256 where a size has more than eleven octal digits), which skopeo knows
 * as {@code oci-archive:}. It has its name only when it is whole.
 */
public final class TarTarget implements LayoutTarget {

    private static final int BLOCK = 512;
    private static final long MOST_OCTAL = 0_77777777777L;

    private final Path target;
    private final Path part;
    private final OutputStream out;
    private final Set<Digest> written = new HashSet<>();
    private boolean isWhole;

    public TarTarget(Path target) throws IOException {
        Path absolute = target.toAbsolutePath();
        if (Files.exists(absolute)) {
            throw new IOException(target + " is there already; name a new file");
        }
        this.target = absolute;
        this.part = absolute.resolveSibling(absolute.getFileName() + ".part");
        this.out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16);
    }

    @Override
    public boolean has(Digest digest, long size) {
        return written.contains(digest);
    }

    @Override
    public void blob(Digest digest, long size, InputStream bytes) throws IOException {
        write("blobs/sha256/" + digest.hex(), size, new CheckedStream(bytes, digest, size));
        written.add(digest);
    }

    @Override
    public void file(String name, byte[] bytes) throws IOException {
        write(name, bytes.length, new ByteArrayInputStream(bytes));
        isWhole = name.equals(LayoutExport.INDEX);
    }

    private void write(String name, long size, InputStream bytes) throws IOException {
        out.write(header(name, size));
        bytes.transferTo(out);
        out.write(new byte[(int) ((BLOCK - size % BLOCK) % BLOCK)]);
    }

    /** POSIX.1-2017, pax, "ustar Interchange Format". Without a time, so that the same images give the same archive. */
    private static byte[] header(String name, long size) {
        byte[] header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "0000644\0" + "0000000\0" + "0000000\0");
        if (size <= MOST_OCTAL) {
            put(header, 124, String.format(Locale.ROOT, "%011o", size));
        } else {
            header[124] = (byte) 0x80;
            for (int i = 0; i < Long.BYTES; i++) {
                header[135 - i] = (byte) (size >>> (8 * i));
            }
        }
        put(header, 136, "00000000000\0");
        put(header, 148, "        ");
        header[156] = '0';
        put(header, 257, "ustar\0" + "00");
        int sum = 0;
        for (byte each : header) {
            sum += each & 0xFF;
        }
        put(header, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
        return header;
    }

    private static void put(byte[] header, int offset, String text) {
        byte[] bytes = text.getBytes(US_ASCII);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }

    @Override
    public void close() throws IOException {
        try (out) {
            out.write(new byte[2 * BLOCK]);
        }
        if (isWhole) {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } else {
            Files.deleteIfExists(part);
        }
    }
}
