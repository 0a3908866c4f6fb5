package io.slipway.image.catalog.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.slipway.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * A file that is being fetched. It is called by the digest that it shall have, and beside it is kept by which sign its
 * source calls this version of it (RFC 9110 section 8.8), so that the rest can be asked for later.
 */
final class Partial {

    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_SIGN = 1024;

    private final Path file;
    private final Path sign;

    Partial(Path folder, Digest expected) {
        this.file = folder.resolve(expected.hex() + ".part");
        this.sign = folder.resolve(expected.hex() + ".version");
    }

    Path file() {
        return file;
    }

    /** The bytes that are here; 0 when there are none. */
    long size() throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    /** How the source called the version that this is of. */
    Optional<String> version() throws IOException {
        if (!Files.exists(sign) || Files.size(sign) > LONGEST_SIGN) {
            return Optional.empty();
        }
        return Optional.of(Files.readString(sign)).filter(text -> !text.isBlank());
    }

    /** Begins anew. */
    void restart(Optional<String> version) throws IOException {
        discard();
        if (version.isPresent() && version.get().length() <= LONGEST_SIGN) {
            Files.write(sign, version.get().getBytes(UTF_8));
        }
    }

    void discard() throws IOException {
        Files.deleteIfExists(file);
        Files.deleteIfExists(sign);
    }

    /** Only the sign is removed: the file is whole. */
    void keep() throws IOException {
        Files.deleteIfExists(sign);
    }

    /** Writes to the end of the file, and into a digest. */
    static final class Writer implements ResponseSink.Target, AutoCloseable {
        private final FileChannel channel;
        private final MessageDigest digest;

        private Writer(FileChannel channel, MessageDigest digest) {
            this.channel = channel;
            this.digest = digest;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            digest.update(bytes.duplicate());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /** @param digest of what is here already */
    Writer open(MessageDigest digest) throws IOException {
        return new Writer(FileChannel.open(file, CREATE, WRITE, APPEND), digest);
    }

    /** The digest of what is here, to go on with. */
    MessageDigest digest() throws IOException {
        MessageDigest digest = Digest.sum();
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                byte[] buffer = new byte[BUFFER];
                for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                    digest.update(buffer, 0, length);
                }
            }
        }
        return digest;
    }
}
