package io.slipway.image.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.image.Digest;
import io.slipway.image.Image;
import io.slipway.image.ImageFile;
import io.slipway.image.ImageRef;
import io.slipway.image.ImportProgress;
import io.slipway.image.StorageBackend;
import io.slipway.image.TestManifests;
import io.slipway.state.MemoryStateStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OciImageStoreTest {

    private static final ImageRef REF = ImageRef.parse("debian-12:current");
    private static final Digest UNKNOWN = Digest.ofContent("unknown".getBytes(UTF_8));

    private final StubbornBackend first = new StubbornBackend();
    private final StubbornBackend second = new StubbornBackend();
    private final List<Map.Entry<Map<String, Object>, StorageBackend>> services = new ArrayList<>();
    private final MemoryStateStore state = new MemoryStateStore();
    private final OciImageStore store = new OciImageStore(
            new Backends(() -> NamedBackend.ordered(services)), () -> Optional.of(state), Clock.systemUTC());

    @TempDir
    private Path folder;

    @BeforeEach
    void registerTheLowerRankingFirst() {
        services.add(Map.entry(Map.of("service.id", 7L), second));
        services.add(Map.entry(Map.of("service.id", 9L, "service.ranking", 10, "storage.name", "disk"), first));
    }

    @Test
    void importsAFolderAndFindsIt() throws IOException {
        Image image = importFolder(TestFiles.debianTree(folder), REF);
        assertEquals(Optional.of(image), store.find(REF));
        assertEquals(Optional.of(image), store.find(image.digest()));
        assertEquals(Map.of(REF, image.digest()), store.tags());
        assertEquals(TestFiles.NEWEST, image.created());
        assertEquals(7, image.files().size());
        assertEquals(List.of("debian-installer/amd64/linux"), paths(image, ImageFile.KERNEL));
        assertEquals(List.of("debian-installer/amd64/initrd.gz"), paths(image, ImageFile.INITRD));
        ImageFile menu = image.file("pxelinux.cfg/default").orElseThrow();
        assertEquals(
                "menu",
                new String(store.blob(menu.digest()).orElseThrow().open().readAllBytes(), UTF_8));
    }

    @Test
    void theSameFolderGivesTheSameImageAgain() throws IOException {
        Image image = importFolder(TestFiles.debianTree(folder), REF);
        assertEquals(image, importFolder(folder, ImageRef.parse("again")));
        TestFiles.write(folder.resolve("debian-installer/amd64/linux"), TestFiles.x86Kernel(5001));
        assertNotEquals(image.digest(), importFolder(folder, REF).digest());
    }

    @Test
    void writesToTheHighestRankingAndReadsAll() throws IOException {
        second.inner.tag(REF, manifest("of the second"));
        assertEquals(second.inner.tags().get(REF), store.find(REF).orElseThrow().digest());
        Image image = importFolder(TestFiles.debianTree(folder), REF);
        assertEquals(Map.of(REF, image.digest()), first.inner.tags());
        assertEquals(Optional.of(image), store.find(REF));
        assertEquals(Map.of(REF, image.digest()), store.tags());
    }

    @Test
    void asksTheNextWhenOneFails() throws IOException {
        Digest digest = second.inner.tag(REF, manifest("of the second"));
        first.broken = true;
        assertEquals(digest, store.find(REF).orElseThrow().digest());
        assertTrue(store.blob(digest).isPresent());
        assertEquals(1, store.tags().size());
    }

    @Test
    void aFailureIsNotTakenForAbsence() throws IOException {
        first.broken = true;
        for (IOException failure : List.of(
                assertThrows(IOException.class, () -> store.find(REF)),
                assertThrows(IOException.class, () -> store.find(UNKNOWN)),
                assertThrows(IOException.class, () -> store.blob(UNKNOWN)),
                assertThrows(IOException.class, () -> store.untag(REF)))) {
            assertEquals("storage backend disk: the disk is gone", failure.getMessage());
        }
        first.broken = false;
        assertEquals(Optional.empty(), store.find(REF));
        assertEquals(Optional.empty(), store.find(UNKNOWN));
        assertEquals(Optional.empty(), store.blob(UNKNOWN));
        assertFalse(store.untag(REF));
    }

    @Test
    void asksTheNextWhenOneIsBeingRemoved() throws IOException {
        Digest digest = second.inner.tag(REF, manifest("of the second"));
        first.removed = true;
        assertEquals(digest, store.find(REF).orElseThrow().digest());
        assertTrue(store.blob(digest).isPresent());
        String message =
                assertThrows(IOException.class, () -> store.blob(UNKNOWN)).getMessage();
        assertEquals("storage backend disk: java.lang.IllegalStateException: bundle is uninstalled", message);
    }

    @Test
    void saysThatThereIsNoBackend() {
        services.clear();
        assertTrue(assertThrows(IOException.class, () -> store.find(REF))
                .getMessage()
                .contains("no storage backend"));
        assertThrows(IOException.class, () -> importFolder(TestFiles.debianTree(folder), REF));
    }

    @Test
    void aFailedImportLeavesTheTag() throws IOException {
        Image image = importFolder(TestFiles.debianTree(folder), REF);
        Files.createSymbolicLink(folder.resolve("out"), Path.of("/etc"));
        assertThrows(IOException.class, () -> importFolder(folder, REF));
        assertEquals(Optional.of(image), store.find(REF));
    }

    @Test
    void untagsInEveryBackend() throws IOException {
        second.inner.tag(REF, manifest("of the second"));
        importFolder(TestFiles.debianTree(folder), REF);
        assertTrue(store.untag(REF));
        assertFalse(store.untag(REF));
        assertEquals(Optional.empty(), store.find(REF));
    }

    @Test
    void decodesAnImageOnce() throws IOException {
        first.inner.tag(REF, manifest("kernel"));
        Image image = store.find(REF).orElseThrow();
        int asked = first.blobsAsked.get();
        assertEquals(Optional.of(image), store.find(REF));
        assertEquals(asked, first.blobsAsked.get());
    }

    @Test
    void aBrokenManifestIsNamed() throws IOException {
        ImageRef broken = ImageRef.parse("broken:current");
        Digest digest = first.inner.tag(
                broken,
                new String(manifest("kernel"), UTF_8)
                        .replace("\"size\":6", "\"size\":-6")
                        .getBytes(UTF_8));
        first.inner.tag(REF, manifest("kernel"));
        String message =
                assertThrows(IOException.class, () -> store.find(broken)).getMessage();
        assertTrue(message.startsWith("image broken:current: manifest " + digest + " is broken: "), message);
    }

    @Test
    void aManifestWithOtherBytesThanItsDigestSaysIsNotTaken() throws IOException {
        byte[] manifest = manifest("kernel");
        Digest digest = first.inner.tag(REF, manifest);
        services.set(1, Map.entry(Map.of("service.ranking", 10), new RottenBackend(first, digest)));
        String message = assertThrows(IOException.class, () -> store.find(REF)).getMessage();
        assertEquals(
                "image debian-12:current: manifest " + digest + " is not stored whole; import its image again",
                message);
        second.inner.store(new ByteArrayInputStream("kernel".getBytes(UTF_8)));
        second.inner.store(new ByteArrayInputStream(manifest));
        assertEquals(digest, store.find(REF).orElseThrow().digest());
    }

    @Test
    void aBlobThatIsTooLargeForAManifestIsNoImage() throws IOException {
        Digest initrd = first.store(new ByteArrayInputStream(new byte[ImageManifest.LARGEST + 1]))
                .digest();
        assertEquals(Optional.empty(), store.find(initrd));
    }

    private Image importFolder(Path source, ImageRef ref) throws IOException {
        return store.importFrom(new FolderSource(source), ref, ImportProgress.NONE);
    }

    private byte[] manifest(String kernel) throws IOException {
        byte[] bytes = kernel.getBytes(UTF_8);
        for (StubbornBackend backend : List.of(first, second)) {
            backend.inner.store(new ByteArrayInputStream(bytes));
        }
        return TestManifests.of(TestManifests.blob(bytes), TestManifests.blob(bytes));
    }

    private static List<String> paths(Image image, String role) {
        return image.inRole(role).stream().map(ImageFile::path).toList();
    }
}
