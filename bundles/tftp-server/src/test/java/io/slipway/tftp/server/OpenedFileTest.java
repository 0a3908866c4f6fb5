package io.slipway.tftp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.slipway.boot.BootFile;
import io.slipway.boot.BootRequest;
import io.slipway.boot.BootTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read before it is wanted: whether it was shows when the file says something else by then. */
class OpenedFileTest {

    private static final int BYTES = 10 * OpenedFile.CHUNK;

    @TempDir
    private Path folder;

    private final SharedChunks shared = new SharedChunks();
    private Path path;

    @BeforeEach
    void write() throws IOException {
        path = folder.resolve("file");
        write('a');
    }

    @AfterEach
    void close() {
        shared.close();
    }

    private void write(char content) throws IOException {
        Files.writeString(path, Character.toString(content).repeat(BYTES));
    }

    private OpenedFile open(BootFile file) throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 69);
        BootRequest request =
                new BootRequest("/file", BootTransport.TFTP, any, any, "test0", Optional.empty(), Optional.empty());
        return OpenedFile.open(request, file, shared);
    }

    private OpenedFile open() throws IOException {
        return open(BootFile.of(path, BootFile.OCTET_STREAM).withImmutablePath());
    }

    private static String read(OpenedFile file, long position, int count) throws IOException {
        ByteBuf out = Unpooled.directBuffer(count);
        try {
            file.read(position, count, out);
            return out.toString(StandardCharsets.US_ASCII)
                    .chars()
                    .distinct()
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
        } finally {
            out.release();
        }
    }

    @Test
    void whatTheNextWindowWantsIsThereAlready() throws IOException {
        try (OpenedFile file = open()) {
            assertEquals("a", read(file, 0, 1000));
            file.readAhead(1000, 2 * OpenedFile.CHUNK, ByteBufAllocator.DEFAULT);
            write('b');
            assertEquals("a", read(file, OpenedFile.CHUNK, 1000));
            assertEquals("a", read(file, 2 * OpenedFile.CHUNK, 1000));
            assertEquals("b", read(file, 3 * OpenedFile.CHUNK, 1000));
        }
    }

    @Test
    void theEndOfTheFileIsTheEnd() throws IOException {
        try (OpenedFile file = open()) {
            read(file, BYTES - OpenedFile.CHUNK - 1, 1);
            file.readAhead(BYTES - OpenedFile.CHUNK, 10 * OpenedFile.CHUNK, ByteBufAllocator.DEFAULT);
            file.readAhead(BYTES, OpenedFile.CHUNK, ByteBufAllocator.DEFAULT);
            write('b');
            assertEquals("a", read(file, BYTES - OpenedFile.CHUNK, 1000));
        }
    }

    @Test
    void nothingIsReadAheadOfAFileWhosePathMayMeanAnother() throws IOException {
        try (OpenedFile file = open(BootFile.of(path, BootFile.OCTET_STREAM))) {
            read(file, 0, 1000);
            file.readAhead(1000, OpenedFile.CHUNK, ByteBufAllocator.DEFAULT);
            write('b');
            assertEquals("b", read(file, OpenedFile.CHUNK, 1000));
        }
    }

    /** What is read ahead would be gone again before it is wanted. */
    @Test
    void nothingIsReadAheadForSoManyThatItCannotBeKept() throws IOException {
        try (OpenedFile file = open()) {
            IntStream.range(0, SharedChunks.MOST / 2).forEach(other -> shared.began());
            read(file, 0, 1000);
            file.readAhead(1000, OpenedFile.CHUNK, ByteBufAllocator.DEFAULT);
            write('b');
            assertEquals("b", read(file, OpenedFile.CHUNK, 1000));
            shared.ended();
            file.readAhead(OpenedFile.CHUNK + 1000, OpenedFile.CHUNK, ByteBufAllocator.DEFAULT);
            write('c');
            assertEquals("b", read(file, 2 * OpenedFile.CHUNK, 1000));
        }
    }
}
