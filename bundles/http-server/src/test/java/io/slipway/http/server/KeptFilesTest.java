package io.slipway.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.BootFile;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptFilesTest {

    @TempDir
    Path folder;

    private final KeptFiles kept = new KeptFiles();

    private OpenFile open() throws Exception {
        return OpenFile.open(BootFile.of(Files.write(folder.resolve("file"), new byte[10]), "x/y"));
    }

    private static void assertClosed(OpenFile file) {
        assertThrows(ClosedChannelException.class, file::requireIntact);
    }

    @Test
    void keepsForASecond() throws Exception {
        OpenFile file = open();
        long now = System.nanoTime();
        kept.keep("/a", file, now);
        assertEquals(Optional.of(file), kept.find("/a", now + TimeUnit.MILLISECONDS.toNanos(999)));
        assertTrue(kept.find("/a", now + TimeUnit.SECONDS.toNanos(1)).isEmpty());
        assertTrue(kept.find("/b", now).isEmpty());
    }

    @Test
    void closesWhenTheLastIsDone() throws Exception {
        OpenFile file = open();
        kept.keep("/a", file, System.nanoTime());
        assertTrue(kept.find("/a", System.nanoTime()).isPresent());
        kept.close();
        file.done();
        file.requireIntact();
        file.done();
        assertClosed(file);
    }

    @Test
    void closesWhatIsReplaced() throws Exception {
        OpenFile first = open();
        OpenFile second = open();
        kept.keep("/a", first, System.nanoTime());
        first.done();
        kept.keep("/a", second, System.nanoTime());
        assertClosed(first);
        second.done();
        second.requireIntact();
        kept.close();
        assertClosed(second);
    }

    @Test
    void closesByItselfWhenNobodyAsks() throws Exception {
        OpenFile file = open();
        kept.keep("/a", file, System.nanoTime());
        file.done();
        HttpServerFixture.await(
                () -> {
                    try {
                        file.requireIntact();
                        return false;
                    } catch (java.io.IOException e) {
                        return true;
                    }
                },
                "closed");
    }

    @Test
    void afterItsEndNothingIsKept() throws Exception {
        OpenFile file = open();
        kept.close();
        kept.keep("/a", file, System.nanoTime());
        assertTrue(kept.find("/a", System.nanoTime()).isEmpty());
        file.done();
        assertClosed(file);
    }
}
