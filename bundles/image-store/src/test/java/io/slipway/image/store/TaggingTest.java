package io.slipway.image.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.image.Digest;
import io.slipway.image.Image;
import io.slipway.image.ImageRef;
import io.slipway.image.ImageSource;
import io.slipway.image.ImportProgress;
import io.slipway.image.TagMove;
import io.slipway.image.TestManifests;
import io.slipway.state.MemoryStateStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TaggingTest {

    private static final ImageRef CURRENT = ImageRef.parse("debian-12:current");
    private static final ImageRef NEXT = ImageRef.parse("debian-12:next");

    private final Warehouse warehouse = new Warehouse();
    private final OciImageStore store = warehouse.store;

    @Test
    void aTagNamesAnotherImageInOneStep() throws IOException {
        Image first = warehouse.image("debian-12:current", "linux", "kernel 1");
        Image second = warehouse.image("debian-12:next", "linux", "kernel 2");
        assertEquals(second, store.tag(CURRENT, second.digest()));
        assertEquals(Optional.of(second), store.find(CURRENT));
        assertEquals(List.of(second.digest(), first.digest()), named(CURRENT));
        assertEquals(List.of(second.digest()), named(NEXT));
    }

    @Test
    void refusesAnImageThatIsNowhere() throws IOException {
        Digest nowhere = Warehouse.digest("nowhere");
        String message = assertThrows(IOException.class, () -> store.tag(CURRENT, nowhere))
                .getMessage();
        assertTrue(message.contains(nowhere + " is not stored whole"), message);
        assertEquals(List.of(), store.history(CURRENT));
    }

    @Test
    void tagsAnImageOfAnotherBackendOnceItIsHereWhole() throws IOException {
        byte[] manifest = TestManifests.of(
                warehouse.remote.inner.store(new ByteArrayInputStream("{}".getBytes(UTF_8))),
                warehouse.remote.inner.store(new ByteArrayInputStream("remote kernel".getBytes(UTF_8))));
        Digest digest = warehouse.remote.inner.tag(NEXT, manifest);
        store.tag(CURRENT, digest);
        assertEquals(digest, warehouse.local.tags().get(CURRENT));
        assertTrue(warehouse.local.blob(Warehouse.digest("remote kernel")).isPresent());
    }

    @Test
    void anUntaggedImageIsInTheHistory() throws IOException {
        Image image = warehouse.image("debian-12:current", "linux", "kernel 1");
        assertTrue(store.untag(CURRENT));
        assertFalse(store.untag(CURRENT));
        List<TagMove> moves = store.history(CURRENT);
        assertEquals(Optional.empty(), moves.get(0).manifest());
        assertEquals(Optional.of(image.digest()), moves.get(1).manifest());
        store.tag(CURRENT, image.digest());
        assertEquals(Optional.of(image), store.find(CURRENT));
    }

    @Test
    void aTagDoesNotMoveWhenItsHistoryCannotBeWritten() throws IOException {
        Image first = warehouse.image("debian-12:current", "linux", "kernel 1");
        warehouse.state.disk = MemoryStateStore.Disk.FAILS;
        assertThrows(IOException.class, () -> warehouse.image("debian-12:current", "linux", "kernel 2"));
        assertThrows(IOException.class, () -> store.untag(CURRENT));
        assertEquals(Optional.of(first), store.find(CURRENT));
    }

    @Test
    void aStepThatWasWrittenAndNotDoneIsNoHistory() throws IOException {
        Image first = warehouse.image("debian-12:current", "linux", "kernel 1");
        store.ledger().add(CURRENT, new TagMove(Instant.now(), Optional.of(Warehouse.digest("crashed"))));
        assertEquals(List.of(first.digest()), named(CURRENT));
    }

    @Test
    void whatFailsHalfwayTagsNothing() {
        IOException failure =
                assertThrows(IOException.class, () -> store.importFrom(broken(), CURRENT, ImportProgress.NONE));
        assertEquals("the archive ends here", failure.getMessage());
        assertEquals(List.of(), List.copyOf(warehouse.local.tags().keySet()));
    }

    @Test
    void refusesNamesThatFirmwareCannotTellApart() {
        String message = assertThrows(
                        IOException.class, () -> warehouse.image("debian-12:current", "Linux", "1", "linux", "2"))
                .getMessage();
        assertEquals(
                "the test holds 'Linux' and 'linux', which differ only in case, and machines ask by TFTP without regard to"
                        + " case; rename or remove one of the two",
                message);
    }

    @Test
    void refusesASourceWithoutFiles() {
        assertTrue(assertThrows(IOException.class, () -> warehouse.image("debian-12:current"))
                .getMessage()
                .startsWith("the test holds no files"));
    }

    @Test
    void tellsHowFarItIsAndWhatIsSaidOfTheImage() throws IOException {
        List<String> told = new ArrayList<>();
        ImageSource source = new ImageSource() {
            @Override
            public String name() {
                return "a disc";
            }

            @Override
            public void read(Intake intake) throws IOException {
                intake.annotate(Image.DESCRIPTION, "Debian 12");
                var kernel = intake.take(
                        new SourceFile("linux", Optional.of("kernel"), -1, Instant.parse("2026-01-02T03:04:05Z")),
                        new ByteArrayInputStream(new byte[1000]));
                intake.link("boot/vmlinuz", kernel);
            }
        };
        Image image = store.importFrom(source, CURRENT, (path, done, size) -> told.add(path + " " + done + " " + size));
        assertEquals("linux 0 -1", told.get(0));
        assertEquals("linux 1000 -1", told.get(told.size() - 1));
        assertEquals("Debian 12", image.annotations().get(Image.DESCRIPTION));
        assertEquals(Instant.parse("2026-01-02T03:04:05Z"), image.created());
        assertEquals(2, image.inRole("kernel").size());
    }

    private List<Digest> named(ImageRef ref) throws IOException {
        return store.history(ref).stream()
                .flatMap(move -> move.manifest().stream())
                .toList();
    }

    private static ImageSource broken() {
        return new ImageSource() {
            @Override
            public String name() {
                return "an archive";
            }

            @Override
            public void read(Intake intake) throws IOException {
                intake.take(
                        new SourceFile("linux", Optional.empty(), 6, Instant.EPOCH),
                        new ByteArrayInputStream("kernel".getBytes(UTF_8)));
                throw new IOException("the archive ends here");
            }
        };
    }
}
