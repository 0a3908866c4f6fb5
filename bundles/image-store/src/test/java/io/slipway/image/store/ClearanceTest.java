package io.slipway.image.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.image.Blob;
import io.slipway.image.Digest;
import io.slipway.image.Image;
import io.slipway.image.ImageRef;
import io.slipway.image.ImageSource;
import io.slipway.image.ImportProgress;
import io.slipway.image.TagMove;
import io.slipway.image.TestManifests;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ClearanceTest {

    private static final ImageRef REF = ImageRef.parse("debian-12:current");
    private static final Retention LAST_ONLY = new Retention(1, Duration.ofDays(1));

    private final Warehouse warehouse = new Warehouse();

    @Test
    void removesWhatNothingNeeds() throws IOException {
        Image image = warehouse.image("debian-12:current", "linux", "kernel 1", "initrd", "shared");
        warehouse.local.store(new ByteArrayInputStream("an orphan".getBytes(UTF_8)));
        Clearance.Result result = collect();
        assertEquals(new Clearance.Result(1, "an orphan".length(), 4), result);
        assertIsWhole(image);
        assertEquals(new Clearance.Result(0, 0, 4), collect());
    }

    @Test
    void aTrialOnlyCounts() throws IOException {
        warehouse.local.store(new ByteArrayInputStream("an orphan".getBytes(UTF_8)));
        assertEquals(1, run(LAST_ONLY, true).removed());
        assertTrue(has("an orphan"));
    }

    @Test
    void keepsWhatATagHasLeftLately() throws IOException {
        Image first = warehouse.image("debian-12:current", "linux", "kernel 1", "initrd", "shared");
        Image second = warehouse.image("debian-12:current", "linux", "kernel 2", "initrd", "shared");
        assertEquals(0, collect().removed());
        assertIsWhole(first);
        warehouse.clock.ahead = Duration.ofDays(2);
        assertEquals(2, collect().removed());
        assertIsWhole(second);
        assertFalse(has("kernel 1"));
        assertFalse(warehouse.store.blob(first.digest()).isPresent());
    }

    @Test
    void keepsAsManyVersionsAsAreToBeKept() throws IOException {
        Image first = warehouse.image("debian-12:current", "linux", "kernel 1");
        warehouse.image("debian-12:current", "linux", "kernel 2");
        warehouse.image("debian-12:current", "linux", "kernel 3");
        warehouse.clock.ahead = Duration.ofDays(300);
        assertEquals(0, run(new Retention(3, Duration.ZERO), false).removed());
        assertIsWhole(first);
        assertEquals(2, run(new Retention(2, Duration.ZERO), false).removed());
        assertFalse(has("kernel 1"));
        assertTrue(has("kernel 2"));
    }

    @Test
    void keepsWhatIsPinned() throws IOException {
        Image first = warehouse.image("debian-12:current", "linux", "kernel 1");
        warehouse.image("debian-12:current", "linux", "kernel 2");
        warehouse.store.ledger().pin(first.digest());
        warehouse.clock.ahead = Duration.ofDays(2);
        assertEquals(0, collect().removed());
        warehouse.store.ledger().unpin(first.digest());
        assertEquals(2, collect().removed());
    }

    @Test
    void forgetsATagThatWasRemovedLongAgo() throws IOException {
        warehouse.image("debian-12:current", "linux", "kernel 1");
        warehouse.store.untag(REF);
        assertEquals(0, collect().removed());
        assertEquals(2, warehouse.store.history(REF).size());
        warehouse.clock.ahead = Duration.ofDays(2);
        assertEquals(3, collect().removed());
        assertEquals(0, warehouse.store.history(REF).size());
    }

    @Test
    void aStepThatWasWrittenAndNotDoneKeepsNothing() throws IOException {
        Image orphan = warehouse.image("debian-12:next", "linux", "kernel 2");
        warehouse.image("debian-12:current", "linux", "kernel 1");
        warehouse.store.untag(ImageRef.parse("debian-12:next"));
        warehouse.store.ledger().forget(ImageRef.parse("debian-12:next"));
        TagMove crashed = new TagMove(warehouse.clock.instant(), Optional.of(orphan.digest()));
        warehouse.store.ledger().add(REF, crashed);
        warehouse.store.ledger().add(ImageRef.parse("debian-12:never"), crashed);
        warehouse.clock.ahead = Duration.ofDays(2);
        assertEquals(2, collect().removed());
        assertFalse(has("kernel 2"));
        assertTrue(has("kernel 1"));
    }

    @Test
    void keepsWhatAnImportUnderWayHasStored() throws IOException {
        ImageSource source = new ImageSource() {
            @Override
            public String name() {
                return "a slow one";
            }

            @Override
            public void read(Intake intake) throws IOException {
                byte[] bytes = "kernel".getBytes(UTF_8);
                intake.take(
                        new SourceFile("linux", Optional.empty(), bytes.length, Instant.EPOCH),
                        new ByteArrayInputStream(bytes));
                assertEquals(0, collect().removed());
            }
        };
        warehouse.local.store(new ByteArrayInputStream("kernel".getBytes(UTF_8)));
        Image image = warehouse.store.importFrom(source, REF, ImportProgress.NONE);
        assertIsWhole(image);
    }

    @Test
    @Timeout(30)
    void keepsWhatAnImportHasStoredThatEndsWhileTheTagsAreRead() throws Exception {
        CountDownLatch stored = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<Image> importing = CompletableFuture.supplyAsync(() -> {
            try {
                return warehouse.store.importFrom(heldUp(stored, end), REF, ImportProgress.NONE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        stored.await();
        warehouse.local.afterTags = () -> {
            end.countDown();
            importing.join();
        };
        collect();
        assertIsWhole(importing.get());
    }

    private static ImageSource heldUp(CountDownLatch stored, CountDownLatch end) {
        return new ImageSource() {
            @Override
            public String name() {
                return "one that is held up";
            }

            @Override
            public void read(Intake intake) throws IOException {
                byte[] bytes = "kernel".getBytes(UTF_8);
                intake.take(
                        new SourceFile("linux", Optional.empty(), bytes.length, Instant.EPOCH),
                        new ByteArrayInputStream(bytes));
                stored.countDown();
                try {
                    end.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        };
    }

    @Test
    void keepsWhatATagOfAnotherBackendNeeds() throws IOException {
        byte[] manifest = TestManifests.of(remote("{}"), remote("remote kernel"));
        Digest digest = warehouse.remote.inner.tag(REF, manifest);
        assertTrue(warehouse.store.find(REF).isPresent());
        assertTrue(warehouse.store.blob(Warehouse.digest("remote kernel")).isPresent());
        assertTrue(has("remote kernel"));
        assertEquals(0, collect().removed());
        assertTrue(warehouse.local.blob(digest).isPresent());
    }

    @Test
    void removesNothingWhenATagsManifestIsMissing() throws IOException {
        Image image = warehouse.image("debian-12:current", "linux", "kernel 1");
        warehouse.local.store(new ByteArrayInputStream("an orphan".getBytes(UTF_8)));
        warehouse.local.inner.quarantine(image.digest());
        String message = assertThrows(IOException.class, this::collect).getMessage();
        assertEquals(
                "nothing is removed, since it cannot be known what image debian-12:current needs: manifest "
                        + image.digest() + " is in no storage backend; import it again, or remove it",
                message);
        assertTrue(has("an orphan"));
    }

    @Test
    void removesNothingWhenABackendDoesNotSayItsTags() throws IOException {
        warehouse.local.store(new ByteArrayInputStream("an orphan".getBytes(UTF_8)));
        warehouse.remote.broken = true;
        assertThrows(IOException.class, this::collect);
        assertTrue(has("an orphan"));
    }

    @Test
    void removesNothingWithoutTheHistory() throws IOException {
        warehouse.local.store(new ByteArrayInputStream("an orphan".getBytes(UTF_8)));
        OciImageStore without = new OciImageStore(warehouse.store.backends(), Optional::empty, warehouse.clock);
        assertThrows(IOException.class, () -> new Clearance(without, LAST_ONLY, Instant.now(), false).run());
        assertTrue(has("an orphan"));
    }

    private Blob remote(String content) throws IOException {
        return warehouse.remote.inner.store(new ByteArrayInputStream(content.getBytes(UTF_8)));
    }

    private Clearance.Result collect() throws IOException {
        return run(LAST_ONLY, false);
    }

    private Clearance.Result run(Retention retention, boolean isTrial) throws IOException {
        // What was stored in this very moment is not older than it.
        Instant soon = warehouse.clock.instant().plusMillis(1);
        return new Clearance(warehouse.store, retention, soon, isTrial).run();
    }

    private boolean has(String content) throws IOException {
        return warehouse.local.blob(Warehouse.digest(content)).isPresent();
    }

    private void assertIsWhole(Image image) throws IOException {
        assertTrue(warehouse.local.blob(image.digest()).isPresent());
        for (var file : image.files()) {
            assertTrue(warehouse.local.blob(file.digest()).isPresent(), file.path());
        }
    }
}
