package io.slipway.disc.codec;

import static io.slipway.disc.codec.Shown.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading the disc image's file: by many threads, interrupted, and when others change it. */
class DiscBytesTest {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void unpack() throws IOException {
        file = Discs.unpack("rock-ridge", folder);
    }

    @Test
    void aThreadThatIsInterruptedStopsNoOther() throws IOException {
        try (DiscImage disc = DiscImage.open(file)) {
            DiscFile kernel = disc.find("boot/vmlinuz").orElseThrow();
            InputStream stream = disc.open(kernel);
            Thread.currentThread().interrupt();
            assertThrows(InterruptedIOException.class, () -> disc.find("case/Kernel"));
            assertThrows(InterruptedIOException.class, stream::read);
            assertTrue(Thread.interrupted(), "the thread is told");
            assertEquals('t', stream.read());
            assertTrue(disc.find("case/kernel").isPresent());
        }
    }

    @Test
    void isReadByManyThreadsWhileOthersAreInterrupted() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (DiscImage disc = DiscImage.open(file)) {
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                readers.add(threads.submit(() -> {
                    for (int round = 0; round < 100; round++) {
                        assertEquals("upper\n", Shown.text(disc, "case/Kernel"));
                    }
                    return true;
                }));
            }
            Future<?> interrupted = threads.submit(() -> {
                for (int round = 0; round < 100; round++) {
                    Thread.currentThread().interrupt();
                    assertThrows(InterruptedIOException.class, () -> disc.find("empty"));
                    assertTrue(Thread.interrupted());
                }
                return true;
            });
            for (Future<?> reader : readers) {
                assertEquals(true, reader.get(1, TimeUnit.MINUTES));
            }
            assertEquals(true, interrupted.get(1, TimeUnit.MINUTES));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void doesNotGoOnWithAnotherFile() throws IOException {
        try (DiscImage disc = DiscImage.open(file)) {
            Files.move(Discs.unpack("plain", folder), file, StandardCopyOption.REPLACE_EXISTING);
            Thread.currentThread().interrupt();
            assertThrows(InterruptedIOException.class, () -> disc.find("empty"));
            assertTrue(Thread.interrupted());
            assertRefused(file, () -> disc.find("empty"), "has been replaced or changed");
        }
    }

    @Test
    void cannotBeReadWhenItIsClosed() throws IOException {
        DiscImage disc = DiscImage.open(file);
        DiscFile kernel = disc.find("boot/vmlinuz").orElseThrow();
        InputStream stream = disc.open(kernel);
        disc.close();
        disc.close();
        assertRefused(file, () -> disc.find("empty"), "is closed");
        assertRefused(file, stream::read, "is closed");
    }

    @Test
    void saysThatAFileHasBecomeShorter() throws IOException {
        try (DiscImage disc = DiscImage.open(file)) {
            DiscFile kernel = disc.find("boot/vmlinuz").orElseThrow();
            Files.write(file, new byte[100]);
            assertRefused(file, () -> Shown.text(disc, kernel), "has become shorter than");
        }
    }

    @Test
    void refusesAFileOfAnotherDisc() throws IOException {
        try (DiscImage disc = DiscImage.open(file)) {
            DiscFile elsewhere =
                    new DiscFile("kernel", 10, Instant.EPOCH, List.of(new DiscExtent(Files.size(file) - 5, 10)));
            assertRefused(file, () -> disc.open(elsewhere), "'kernel'", "expected a file of this disc image");
        }
    }

    @Test
    void readsOverTheBordersOfExtents() throws IOException {
        byte[] all = new byte[200_000];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) ((i * 31) >>> 3);
        }
        Path plain = Files.write(folder.resolve("bytes"), all);
        try (DiscBytes bytes = DiscBytes.open(plain)) {
            List<DiscExtent> extents =
                    List.of(new DiscExtent(10, 3), new DiscExtent(100_000, 90_000), new DiscExtent(0, 1));
            ExtentStream stream = new ExtentStream(bytes, extents);
            assertEquals(all[10], (byte) stream.read());
            assertEquals(2, stream.available());
            assertEquals(0, stream.read(new byte[5], 0, 0));
            assertEquals(4, stream.skip(4));
            assertEquals(all[100_002], (byte) stream.read());
            byte[] rest = stream.readAllBytes();
            assertEquals(90_000 - 3 + 1, rest.length);
            assertArrayEquals(Arrays.copyOfRange(all, 100_003, 190_000), Arrays.copyOf(rest, 89_997));
            assertEquals(all[0], rest[89_997]);
            assertEquals(-1, stream.read());
            assertEquals(0, stream.skip(10));
            assertEquals(0, stream.available());
        }
    }
}
