package io.slipway.image.store.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Writes tar archives, also such as no tar program writes. */
final class TarWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    TarWriter file(String name, String content) {
        return entry('0', name, "", content.getBytes(UTF_8));
    }

    TarWriter folder(String name) {
        return entry('5', name, "", new byte[0]);
    }

    TarWriter symbolicLink(String name, String target) {
        return entry('2', name, target, new byte[0]);
    }

    TarWriter hardLink(String name, String target) {
        return entry('1', name, target, new byte[0]);
    }

    /** An extended header; each record is {@code keyword=value}. */
    TarWriter pax(char type, String... records) {
        StringBuilder all = new StringBuilder();
        for (String record : records) {
            all.append(paxRecord(record));
        }
        return entry(type, "pax", "", all.toString().getBytes(UTF_8));
    }

    TarWriter entry(char type, String name, String target, byte[] content) {
        header(type, name, target, content.length, header -> {});
        return content(content);
    }

    /** A header with something changed in it, before its checksum is made. */
    TarWriter header(char type, String name, String target, long size, Change change) {
        byte[] header = new byte[TarHeader.BLOCK];
        put(header, 0, name);
        put(header, 100, "0000644\0");
        put(header, 108, "0000000\0");
        put(header, 116, "0000000\0");
        put(header, 124, "%011o\0".formatted(size));
        put(header, 136, "00000000144\0");
        header[156] = (byte) type;
        put(header, 157, target);
        put(header, 257, "ustar\00000");
        change.in(header);
        sum(header, 0);
        out.writeBytes(header);
        return this;
    }

    TarWriter content(byte[] content) {
        out.writeBytes(content);
        out.writeBytes(new byte[-content.length & (TarHeader.BLOCK - 1)]);
        return this;
    }

    TarWriter raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** What there is so far. */
    byte[] bytes() {
        return out.toByteArray();
    }

    /** With the two blocks of zeros at its end. */
    byte[] ended() {
        return Arrays.copyOf(out.toByteArray(), out.size() + 2 * TarHeader.BLOCK);
    }

    static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    /** Writes the checksum of the header that begins at an offset. */
    static void sum(byte[] bytes, int offset) {
        put(bytes, offset + 148, "        ");
        int sum = 0;
        for (int at = offset; at < offset + TarHeader.BLOCK; at++) {
            sum += bytes[at] & 0xff;
        }
        put(bytes, offset + 148, "%06o\0 ".formatted(sum));
    }

    static void put(byte[] header, int offset, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }

    /** Changes a header. */
    interface Change {
        void in(byte[] header);
    }

    /** The length counts its own digits. */
    private static String paxRecord(String record) {
        int rest = record.getBytes(UTF_8).length + 2;
        int length = rest + 1;
        while (length != rest + Integer.toString(length).length()) {
            length = rest + Integer.toString(length).length();
        }
        return length + " " + record + "\n";
    }
}
