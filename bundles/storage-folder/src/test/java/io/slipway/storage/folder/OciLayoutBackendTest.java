package io.slipway.storage.folder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.image.Blob;
import io.slipway.image.BrokenStream;
import io.slipway.image.Digest;
import io.slipway.image.ImageRef;
import io.slipway.image.TestManifests;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OciLayoutBackendTest {

    private static final ImageRef REF = ImageRef.parse("debian-12:current");

    /** An index with a tag: its digest and size. */
    private static final String TAGGED = """
            {"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json",
            "digest":"%s","size":%d,"annotations":{"org.opencontainers.image.ref.name":"a:b"}}]}""";

    @TempDir
    private Path folder;

    private OciLayoutBackend backend;

    private OciLayoutBackend open() throws IOException {
        backend = new OciLayoutBackend(new OciLayoutBackend.Settings(folder));
        return backend;
    }

    @AfterEach
    void close() throws IOException {
        if (backend != null) {
            backend.close();
        }
    }

    @Test
    void isAnOciImageLayout() throws IOException {
        byte[] manifest = TestManifests.of(store(open(), "{}"), store(backend, "kernel"));
        Digest digest = backend.tag(REF, manifest);
        assertEquals("{\"imageLayoutVersion\":\"1.0.0\"}", Files.readString(folder.resolve("oci-layout")));
        assertArrayEquals(manifest, Files.readAllBytes(folder.resolve("blobs/sha256/" + digest.hex())));
        JsonNode entry = index().path("manifests").path(0);
        assertEquals(2, index().path("schemaVersion").asInt());
        assertEquals(
                "application/vnd.oci.image.manifest.v1+json",
                entry.path("mediaType").asText());
        assertEquals(digest.toString(), entry.path("digest").asText());
        assertEquals(manifest.length, entry.path("size").asInt());
        assertEquals(
                "debian-12:current",
                entry.path("annotations")
                        .path("org.opencontainers.image.ref.name")
                        .asText());
    }

    @Test
    void leavesOtherToolsEntriesAsTheyAre() throws IOException {
        open().close();
        String digest = TestManifests.digest(new byte[0]).toString();
        Files.writeString(folder.resolve("index.json"), """
                {"schemaVersion":2,"annotations":{"made.by":"another tool"},"manifests":[
                {"mediaType":"application/vnd.oci.image.index.v1+json","digest":"%1$s","size":0,
                 "annotations":{"org.opencontainers.image.ref.name":"multi:arch"}},
                {"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"%1$s","size":0},
                {"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"%1$s","size":0,
                 "annotations":{"org.opencontainers.image.ref.name":"Not A Ref"}},
                {"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha512:%2$s","size":7,
                 "annotations":{"org.opencontainers.image.ref.name":"other:digest"}},
                {"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:cut","size":-1}
                ]}""".formatted(digest, "ab".repeat(64)));
        JsonNode before = index();
        assertEquals(Map.of(), open().tags());
        backend.tag(REF, TestManifests.of(store(backend, "{}")));
        assertEquals(6, index().path("manifests").size());
        assertTrue(backend.untag(REF));
        assertEquals(before, index());
    }

    @Test
    void aBlobThatIsHereIsNotWrittenAgain() throws IOException {
        Path file = store(open(), "kernel").file().orElseThrow();
        Object inode = Files.getAttribute(file, "unix:ino");
        store(backend, "kernel");
        assertEquals(inode, Files.getAttribute(file, "unix:ino"));
    }

    @Test
    void aBlobThatWasCutShortIsMendedByStoringItAgain() throws IOException {
        Path file = store(open(), "kernel").file().orElseThrow();
        Files.writeString(file, "ker");
        IOException failure = assertThrows(
                IOException.class,
                () -> backend.tag(REF, TestManifests.of(TestManifests.blob("kernel".getBytes(UTF_8)))));
        assertTrue(failure.getMessage().contains("which is not in " + folder), failure.getMessage());
        store(backend, "kernel");
        assertEquals("kernel", Files.readString(file));
    }

    @Test
    void aBlobThatRottedIsMendedByStoringItAgain() throws IOException {
        Path file = store(open(), "kernel").file().orElseThrow();
        Files.writeString(file, "kErnel");
        store(backend, "kernel");
        assertEquals("kernel", Files.readString(file));
    }

    @Test
    void whoReadsABlobThatIsPutAsideIsNotGivenItsEnd() throws IOException {
        Blob blob = store(open(), "kernel ".repeat(10_000));
        try (FileChannel reading = FileChannel.open(blob.file().orElseThrow())) {
            assertEquals(10, reading.read(ByteBuffer.allocate(10)));
            assertTrue(backend.quarantine(blob.digest()));
            assertEquals(-1, reading.read(ByteBuffer.allocate(10)));
        }
        assertEquals(
                "kernel ".repeat(10_000),
                Files.readString(
                        folder.resolve(".quarantine").resolve(blob.digest().hex())));
    }

    @Test
    void clearsNothingAwayAfterItIsClosed() throws IOException {
        Blob blob = store(open(), "kernel");
        backend.close();
        Instant later = Instant.now().plusSeconds(60);
        for (IOException failure : List.of(
                assertThrows(IOException.class, () -> backend.remove(blob.digest(), later)),
                assertThrows(IOException.class, () -> backend.quarantine(blob.digest())))) {
            assertTrue(failure.getMessage().contains("is closed"), failure.getMessage());
        }
        assertTrue(Files.exists(blob.file().orElseThrow()));
    }

    @Test
    void showsNoFileThatIsNoBlob() throws IOException {
        Blob blob = store(open(), "kernel");
        Files.writeString(folder.resolve("blobs/sha256/notes.txt"), "by hand");
        Files.createDirectory(folder.resolve("blobs/sha256/" + "0".repeat(64)));
        List<Digest> shown = new ArrayList<>();
        backend.eachBlob((digest, size, stored) -> shown.add(digest));
        assertEquals(List.of(blob.digest()), shown);
    }

    @Test
    void ofTwoEntriesWithOneNameTheFirstCounts() throws IOException {
        Digest first = backendWith("kernel 1");
        Digest other = backend.tag(ImageRef.parse("other:tag"), TestManifests.of(store(backend, "kernel 2")));
        backend.close();
        Path index = folder.resolve("index.json");
        Files.writeString(index, Files.readString(index).replace("other:tag", REF.toString()));
        assertEquals(Map.of(REF, first), open().tags());
        assertTrue(backend.untag(REF));
        backend.close();
        assertEquals(Map.of(), open().tags());
        assertTrue(backend.blob(other).isPresent());
    }

    private Digest backendWith(String kernel) throws IOException {
        return open().tag(REF, TestManifests.of(store(backend, kernel)));
    }

    @Test
    void leavesNoTemporaryFiles() throws IOException {
        store(open(), "kernel");
        store(backend, "kernel");
        backend.tag(REF, TestManifests.of(store(backend, "{}")));
        assertThrows(IOException.class, () -> backend.store(new BrokenStream(new byte[100])));
        try (Stream<Path> incoming = Files.list(folder.resolve(".incoming"))) {
            assertEquals(0, incoming.count());
        }
    }

    @Test
    void removesWhatACrashLeftBehind() throws IOException {
        open().close();
        Path leftover = Files.writeString(folder.resolve(".incoming/incoming-123"), "half a ker");
        open();
        assertFalse(Files.exists(leftover));
    }

    @Test
    void aDamagedIndexIsNamedAndLeftAlone() throws IOException {
        open().close();
        Path index = folder.resolve("index.json");
        String digest = TestManifests.digest(new byte[0]).toString();
        for (String damaged : new String[] {
            "",
            "{\"schemaVersion\":2,\"manif",
            "[]",
            "{}",
            "{\"schemaVersion\":2,\"manifests\":[]} and more",
            TAGGED.formatted("sha256:1", 1),
            TAGGED.formatted(digest, -1),
        }) {
            Files.writeString(index, damaged);
            String message = assertThrows(IOException.class, this::open).getMessage();
            assertTrue(message.startsWith(index + " is damaged: "), message);
            assertTrue(message.contains("move it away to start without tags"), message);
            assertEquals(1, message.lines().count(), message);
            assertEquals(damaged, Files.readString(index));
        }
        Files.delete(index);
        assertEquals(Map.of(), open().tags());
    }

    @Test
    void refusesAFolderThatIsSomethingElse() throws IOException {
        Path letter = Files.writeString(folder.resolve("letter.txt"), "Dear Sir");
        String message = assertThrows(IOException.class, this::open).getMessage();
        assertTrue(message.contains(folder + " holds other files"), message);
        assertFalse(Files.exists(folder.resolve("blobs")));
        Files.delete(letter);
        Files.createDirectory(folder.resolve("lost+found"));
        assertEquals(Map.of(), open().tags());
    }

    @Test
    void refusesAnotherLayoutVersion() throws IOException {
        open().close();
        Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"2.0.0\"}");
        String message = assertThrows(IOException.class, this::open).getMessage();
        assertTrue(message.contains("imageLayoutVersion '2.0.0'; expected 1.0.0"), message);
    }

    @Test
    void writesNoTagAfterItIsClosed() throws IOException {
        byte[] manifest = TestManifests.of(store(open(), "{}"));
        backend.close();
        String before = Files.readString(folder.resolve("index.json"));
        assertThrows(IOException.class, () -> backend.tag(REF, manifest));
        assertEquals(before, Files.readString(folder.resolve("index.json")));
    }

    private JsonNode index() throws IOException {
        return Json.MAPPER.readTree(folder.resolve("index.json").toFile());
    }

    private static Blob store(OciLayoutBackend backend, String text) throws IOException {
        return backend.store(new ByteArrayInputStream(text.getBytes(UTF_8)));
    }
}
