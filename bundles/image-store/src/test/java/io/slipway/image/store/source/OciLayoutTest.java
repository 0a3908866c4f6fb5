package io.slipway.image.store.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.image.Digest;
import io.slipway.image.ImageRef;
import io.slipway.image.TestManifests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OciLayoutTest {

    @TempDir
    private Path outside;

    private Path folder;
    private LayoutWriter layout;

    @BeforeEach
    void makeLayout() throws IOException {
        folder = outside.resolve("debian-12.5");
        layout = LayoutWriter.in(folder);
    }

    @Test
    void hasTheManifestAsItIsAndWhereItsBlobsAre() throws IOException {
        String manifest = layout.manifest(Map.of("linux", "kernel", "vmlinuz", "kernel"), "");
        layout.index(layout.descriptor(LayoutWriter.MANIFEST, manifest, LayoutWriter.refName("lab/debian:12"), ""));
        LayoutImage image = only();
        assertEquals(Optional.of(ImageRef.parse("lab/debian:12")), image.suggested());
        assertEquals(TestManifests.digest(manifest.getBytes(UTF_8)), image.digest());
        assertArrayEquals(manifest.getBytes(UTF_8), image.manifest());
        List<LayoutBlob> blobs = image.blobs();
        assertEquals(2, blobs.size());
        assertEquals(TestManifests.digest("{}".getBytes(UTF_8)), blobs.get(0).digest());
        assertEquals(6, blobs.get(1).size());
        try (InputStream kernel = blobs.get(1).open()) {
            assertEquals("kernel", new String(kernel.readAllBytes(), UTF_8));
        }
        assertTrue(OciLayout.isAt(folder));
        assertFalse(OciLayout.isAt(outside));
    }

    @Test
    void isCompleteOnceEveryBlobIsThereWithItsSize() throws IOException {
        layout.index(image("12", "kernel"));
        LayoutImage image = only();
        assertTrue(image.complete());
        Path kernel = layout.blob(TestManifests.digest("kernel".getBytes(UTF_8)));
        Files.writeString(kernel, "kern");
        assertFalse(image.complete());
        Files.delete(kernel);
        assertFalse(image.complete());
        Files.writeString(kernel, "kErnel");
        assertTrue(image.complete());
    }

    @Test
    void aBlobThatIsNotItsDigestFailsWhereItsEndWouldBe() throws IOException {
        layout.index(image("12", "kernel"));
        LayoutBlob kernel = only().blobs().get(1);
        Path file = layout.blob(kernel.digest());
        for (String damaged : new String[] {"kErnel", "kern", "kernel and more"}) {
            Files.writeString(file, damaged);
            try (InputStream bytes = kernel.open()) {
                String message =
                        assertThrows(IOException.class, bytes::readAllBytes).getMessage();
                assertTrue(
                        message.contains("blob " + kernel.digest()) && message.contains("copy the image again"),
                        message);
            }
        }
        try (InputStream bytes = kernel.open()) {
            assertThrows(IOException.class, () -> bytes.skip(100));
        }
        Files.delete(file);
        assertTrue(
                assertThrows(IOException.class, kernel::open).getMessage().contains("has no blob " + kernel.digest()));
    }

    @ParameterizedTest
    @CsvSource({
        "12, debian-12.5:12",
        "lab/debian:12, lab/debian:12",
        "lab/debian, lab/debian:latest",
        "docker.io/library/debian:12, docker.io/library/debian:12",
        "localhost:5000/lab/debian:12, lab/debian:12",
        "Lab/Debian:12, -",
        "a:b:c, -",
    })
    void namesAreWholeOrATag(String refName, String expected) throws IOException {
        layout.index(image(refName, "kernel"));
        assertEquals(List.of(expected), LayoutWriter.names(OciLayout.read(folder)));
    }

    @Test
    void theFoldersNameIsMadeOne() {
        assertEquals("debian-12.5", LayoutNames.of("Debian-12.5").folder());
        assertEquals("lab/my-debian", LayoutNames.of("/lab//My Debian!/").folder());
        assertEquals(Optional.empty(), LayoutNames.of("\u00fc").suggest("12"));
        assertEquals(Optional.empty(), LayoutNames.of("").suggest(""));
    }

    @Test
    void anImageWithoutANameIsTheFoldersWhenItIsTheOnlyOne() throws IOException {
        layout.index(image("", "kernel"));
        assertEquals(List.of("debian-12.5:latest"), LayoutWriter.names(OciLayout.read(folder)));
        assertEquals(List.of("inbox/x:latest"), LayoutWriter.names(OciLayout.read(folder, "inbox/x")));
        layout.index(image("", "kernel"), image("", "another"));
        assertEquals(List.of("-", "-"), LayoutWriter.names(OciLayout.read(folder)));
    }

    @Test
    void indexesInIndexesAreFollowedAndToldByTheirPlatform() throws IOException {
        String amd64 = layout.manifest(Map.of("linux", "amd64"), "");
        String arm64 = layout.manifest(Map.of("linux", "arm64"), "");
        String attestation = layout.manifest(Map.of("", "attestation"), "");
        String platforms = LayoutWriter.indexOf(
                layout.descriptor(LayoutWriter.MANIFEST, amd64, "", "amd64"),
                layout.descriptor(LayoutWriter.MANIFEST, arm64, "", "arm64"),
                layout.descriptor(LayoutWriter.MANIFEST, attestation, "", "unknown"));
        layout.index(layout.descriptor(LayoutWriter.INDEX, platforms, LayoutWriter.refName("12"), ""));
        assertEquals(
                List.of("debian-12.5:12-amd64", "debian-12.5:12-arm64"), LayoutWriter.names(OciLayout.read(folder)));
    }

    @Test
    void whatIsNoImageIsLeftOut() throws IOException {
        layout.index(
                layout.descriptor("application/vnd.docker.distribution.manifest.v2+json", "{}", "", ""),
                layout.descriptor("application/xml", "<x/>", "", ""),
                image("12", "kernel"));
        assertEquals(List.of("debian-12.5:12"), LayoutWriter.names(OciLayout.read(folder)));
        layout.index();
        assertEquals(List.of(), OciLayout.read(folder));
    }

    @Test
    void anIndexMayBeSoDeepAndNotDeeper() throws IOException {
        String second = LayoutWriter.indexOf(image("12", "kernel"));
        String first = LayoutWriter.indexOf(layout.descriptor(LayoutWriter.INDEX, second, "", ""));
        layout.index(layout.descriptor(LayoutWriter.INDEX, first, "", ""));
        assertEquals(List.of("debian-12.5:12"), LayoutWriter.names(OciLayout.read(folder)));
        String outer = LayoutWriter.indexOf(layout.descriptor(LayoutWriter.INDEX, first, "", ""));
        layout.index(layout.descriptor(LayoutWriter.INDEX, outer, "", ""));
        assertRefused("an index more than 3 deep", "a layout of their own");
    }

    @Test
    void oneNameIsOfOneImage() throws IOException {
        layout.index(image("12", "kernel"), image("12", "kernel"));
        assertEquals(List.of("debian-12.5:12"), LayoutWriter.names(OciLayout.read(folder)));
        layout.index(image("12", "kernel"), image("12", "another"));
        assertRefused("gives the name debian-12.5:12 to sha256:", "copy the one that is wanted");
    }

    @Test
    void aManifestIsComparedWithItsDigest() throws IOException {
        String manifest = layout.manifest(Map.of("linux", "kernel"), "");
        layout.index(layout.descriptor(LayoutWriter.MANIFEST, manifest, "", ""));
        Path blob = layout.blob(TestManifests.digest(manifest.getBytes(UTF_8)));
        Files.writeString(blob, manifest.replace("linux", "lInux"));
        assertRefused(blob.getFileName() + " is damaged", "copy the image again");
        Files.writeString(blob, manifest + " ");
        assertRefused("bytes instead of " + manifest.length(), "copy the image again");
        Files.delete(blob);
        assertRefused("has no file blobs/sha256/" + blob.getFileName(), "skopeo copy");
    }

    @Test
    void brokenJsonIsNamedWithItsPlace() throws IOException {
        for (String index : new String[] {
            "",
            "[]",
            "{",
            "{}",
            "{\"schemaVersion\":1,\"manifests\":[]}",
            "{\"schemaVersion\":2}",
            "{\"schemaVersion\":2,\"manifests\":{}}",
            "{\"schemaVersion\":2,\"manifests\":[]} and more",
            "{\"schemaVersion\":2,\"schemaVersion\":2,\"manifests\":[]}",
            "{\"schemaVersion\":2,\"manifests\":[7]}",
            "{\"schemaVersion\":2,\"mediaType\":\"x\",\"manifests\":[]}",
            "{\"schemaVersion\":2,\"manifests\":[{}]}",
            "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"m\",\"size\":-1}]}",
            "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"m\",\"size\":1.5}]}",
            "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"m\",\"size\":1,\"digest\":\"sha512:00\"}]}",
            "{\"schemaVersion\":2,\"manifests\":[{\"size\":1}]}",
        }) {
            Files.writeString(folder.resolve("index.json"), index);
            assertRefused("index.json is broken: ", "copy the image again");
        }
        for (String manifest : new String[] {
            "{}",
            "{\"schemaVersion\":2}",
            "{\"schemaVersion\":2,\"config\":{},\"layers\":[]}",
            "{\"schemaVersion\":2,\"config\":7,\"layers\":[]}",
            layout.manifest(Map.of(), "\"a\":7"),
            layout.manifest(Map.of(), "").replace("\"layers\":[]", "\"layers\":{}"),
            layout.manifest(Map.of(), "").replace("\"annotations\":{}}", "\"annotations\":7}"),
        }) {
            layout.index(layout.descriptor(LayoutWriter.MANIFEST, manifest, "", ""));
            assertRefused("blob sha256:", " is broken: ", "copy the image again");
        }
    }

    @Test
    void refusesALayoutOfAnotherVersionOrNone() throws IOException {
        Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"2.0.0\"}");
        assertRefused("of version '2.0.0'; expected 1.0.0");
        Files.writeString(folder.resolve("oci-layout"), "[]");
        assertRefused("oci-layout: this is not a JSON object");
        Files.delete(folder.resolve("oci-layout"));
        assertRefused("has no file oci-layout; give the folder of an OCI image layout");
        Path file = Files.createFile(outside.resolve("file"));
        assertTrue(assertThrows(IOException.class, () -> OciLayout.read(file))
                .getMessage()
                .contains("is not a folder"));
    }

    @Test
    void refusesAnIndexThatIsTooLarge() throws IOException {
        Files.writeString(folder.resolve("index.json"), " ".repeat(OciLayout.LARGEST_MANIFEST + 1));
        assertRefused("index.json is longer than 4194304 bytes");
    }

    @Test
    void refusesMoreEntriesThanAnybodyMakes() throws IOException {
        String entry = layout.descriptor("application/xml", "<x/>", "", "");
        layout.index(Collections.nCopies(10_001, entry).toArray(String[]::new));
        assertRefused("more than 10000 entries");
    }

    @Test
    void linksInTheLayoutAreFollowedAndThoseOutOfItRefused() throws IOException {
        layout.index(image("12", "kernel"));
        Digest digest = TestManifests.digest("kernel".getBytes(UTF_8));
        Path blob = layout.blob(digest);
        Path inside = Files.move(blob, folder.resolve("kernel"));
        Files.createSymbolicLink(blob, Path.of("../../kernel"));
        assertTrue(only().complete());
        Path secret = Files.move(inside, outside.resolve("secret"));
        Files.delete(blob);
        Files.createSymbolicLink(blob, secret);
        LayoutImage image = only();
        String message = assertThrows(IOException.class, image::complete).getMessage();
        assertTrue(message.contains("leads out of the layout, to " + secret), message);
        Files.delete(blob);
        Files.createDirectory(blob);
        assertTrue(assertThrows(IOException.class, image::complete).getMessage().contains("is not a file"));
        Path index = Files.move(folder.resolve("index.json"), outside.resolve("index.json"));
        Files.createSymbolicLink(folder.resolve("index.json"), index);
        assertRefused("index.json is a symbolic link that leads out of the layout", "copy that file in its place");
    }

    private String image(String refName, String content) throws IOException {
        return layout.descriptor(
                LayoutWriter.MANIFEST,
                layout.manifest(Map.of("linux", content), ""),
                refName.isEmpty() ? "" : LayoutWriter.refName(refName),
                "");
    }

    private LayoutImage only() throws IOException {
        List<LayoutImage> images = OciLayout.read(folder);
        assertEquals(1, images.size());
        return images.get(0);
    }

    private void assertRefused(String... parts) {
        String message =
                assertThrows(IOException.class, () -> OciLayout.read(folder)).getMessage();
        assertTrue(message.startsWith(folder.toString()), message);
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
        assertEquals(1, message.lines().count(), message);
    }
}
