package io.slipway.http.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.Unpooled;
import io.netty.util.ReferenceCounted;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What of a file is the body of an answer: all of it, a part, or several parts, each with a head of its own
 * (multipart/byteranges, RFC 9110 section 14.6).
 *
 * @param ranges one or more, in the order in which they are sent
 * @param boundary between several parts; empty for one
 * @param mediaType of the file
 * @param fileLength in bytes
 */
record Body(List<ByteRange> ranges, String boundary, String mediaType, long fileLength) {

    Body {
        ranges = List.copyOf(ranges);
    }

    static Body of(List<ByteRange> ranges, Representation file) {
        String boundary = ranges.size() == 1 ? "" : UUID.randomUUID().toString();
        return new Body(ranges, boundary, file.mediaType(), file.length());
    }

    boolean hasParts() {
        return ranges.size() > 1;
    }

    boolean isWhole() {
        return ranges.size() == 1 && ranges.get(0).count() == fileLength;
    }

    /** Whether the last byte of the file is among them. */
    boolean hasEnd() {
        return ranges.stream().anyMatch(range -> range.first() + range.count() == fileLength);
    }

    /** The value of Content-Type. */
    String contentType() {
        return hasParts() ? "multipart/byteranges; boundary=" + boundary : mediaType;
    }

    /** In bytes, with the heads of the parts. */
    long length() {
        long length = ranges.stream().mapToLong(ByteRange::count).sum();
        if (hasParts()) {
            length += ranges.stream().mapToLong(range -> head(range).length()).sum() + end().length();
        }
        return length;
    }

    /** What to write, in order: buffers, and regions of files. */
    List<ReferenceCounted> pieces(OpenedFile file) {
        if (!hasParts()) {
            return file.pieces(ranges.get(0));
        }
        List<ReferenceCounted> pieces = new ArrayList<>();
        for (ByteRange range : ranges) {
            pieces.add(Unpooled.copiedBuffer(head(range), US_ASCII));
            pieces.addAll(file.pieces(range));
        }
        pieces.add(Unpooled.copiedBuffer(end(), US_ASCII));
        return pieces;
    }

    private String head(ByteRange range) {
        return "\r\n--" + boundary + "\r\nContent-Type: " + mediaType + "\r\nContent-Range: bytes " + range + "/"
                + fileLength + "\r\n\r\n";
    }

    private String end() {
        return "\r\n--" + boundary + "--\r\n";
    }

    /** {@code first-last}, or several of these. */
    @Override
    public String toString() {
        return ranges.stream().map(ByteRange::toString).collect(Collectors.joining(","));
    }
}
