package io.slipway.source.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What the other server has answered. */
final class Answer implements Closeable {

    /** Servers say of such files how they are compressed, as if that were for the way only. */
    private static final List<String> COMPRESSED = List.of(".gz", ".tgz", ".svgz", ".xz", ".bz2", ".zst", ".Z");

    private static final Set<String> OF_FILES =
            Set.of("gzip", "x-gzip", "compress", "x-compress", "xz", "x-xz", "x-bzip2", "zstd", "x-zstd");

    private final URI uri;
    private final HttpURLConnection connection;
    private final int status;
    private boolean isRead;

    Answer(URI uri, HttpURLConnection connection, int status) {
        this.uri = uri;
        this.connection = connection;
        this.status = status;
    }

    URI uri() {
        return uri;
    }

    int status() {
        return status;
    }

    /** A header's value, if it can be sent back. */
    Optional<String> header(String name) {
        return Optional.ofNullable(connection.getHeaderField(name)).filter(value -> !Entry.hasControls(value));
    }

    /** How long the body must be; empty when it says itself where it ends (RFC 9112 section 6.3), or nothing does. */
    OptionalLong length() {
        boolean isChunked = header("Transfer-Encoding").isPresent();
        long length = connection.getContentLengthLong();
        return isChunked || length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
    }

    /** Whether the body is the file as it is, and not compressed for the way though that was not asked for. */
    boolean isAsItIs() {
        String encoding = header("Content-Encoding").orElse("").strip().toLowerCase(Locale.ROOT);
        boolean isCompressed = COMPRESSED.stream().anyMatch(uri.getPath()::endsWith);
        return encoding.isEmpty() || encoding.equals("identity") || (isCompressed && OF_FILES.contains(encoding));
    }

    InputStream body() throws IOException {
        return connection.getInputStream();
    }

    /** All of it was read: the connection can be used again. */
    void finish() throws IOException {
        body().close();
        isRead = true;
    }

    /** Unless all of it was read, the connection is not used again. */
    @Override
    public void close() {
        if (!isRead) {
            connection.disconnect();
        }
    }
}
