package io.slipway.image.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.image.Digest;
import io.slipway.image.Image;
import io.slipway.image.ImageFile;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageManifestTest {

    private static final Instant CREATED = Instant.parse("2026-07-07T20:29:00Z");
    private static final Digest BLOB = Digest.ofContent("kernel".getBytes(UTF_8));
    private static final ImageFile KERNEL = new ImageFile("amd64/linux", "kernel", BLOB, 6);
    private static final ImageFile INITRD = new ImageFile("amd64/initrd.gz", "initrd", BLOB, 6);

    @Test
    void isAnOciArtifact() {
        String expected = """
                {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",\
                "artifactType":"application/vnd.slipway.boot.image.v1",\
                "config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"%s","size":2},\
                "layers":[{"mediaType":"application/octet-stream","digest":"%s","size":6,\
                "annotations":{"org.opencontainers.image.title":"amd64/linux","io.slipway.role":"kernel"}}],\
                "annotations":{"org.opencontainers.image.created":"2026-07-07T20:29:00Z"}}""".formatted(Digest.ofContent("{}".getBytes(UTF_8)), BLOB);
        assertEquals(expected, new String(ImageManifest.encode(CREATED, Map.of(), List.of(KERNEL)), UTF_8));
    }

    @Test
    void theOrderOfTheFilesDoesNotMatter() throws IOException {
        byte[] manifest = ImageManifest.encode(CREATED, Map.of(), List.of(KERNEL, INITRD));
        assertArrayEquals(manifest, ImageManifest.encode(CREATED, Map.of(), List.of(INITRD, KERNEL)));
        assertEquals(new Image(BLOB, CREATED, List.of(INITRD, KERNEL)), ManifestReader.read(BLOB, manifest));
    }

    @Test
    void readsWhatAnotherToolMade() throws IOException {
        Image image = read("""
                {"schemaVersion":2,"config":{},"layers":[{"digest":"%1$s","size":6},
                {"digest":"%1$s","size":6,"annotations":{"org.opencontainers.image.title":"vmlinuz"}},
                {"digest":"%1$s","size":6,"annotations":{"org.opencontainers.image.title":"initrd.img"}},
                {"digest":"%1$s","size":6,"annotations":{"org.opencontainers.image.title":"rootfs.squashfs"}}]}
                """.formatted(BLOB));
        assertEquals(
                List.of("kernel", "initrd", "rootfs"),
                image.files().stream().map(ImageFile::role).toList());
        assertEquals(Instant.EPOCH, image.created());
    }

    @ParameterizedTest
    @CsvSource({"2026-07-07T22:29:00+02:00, 2026-07-07T20:29:00Z", "yesterday, 1970-01-01T00:00:00Z"})
    void readsAnyRfc3339Time(String written, Instant created) throws IOException {
        assertEquals(
                created,
                read("{\"layers\":[],\"annotations\":{\"org.opencontainers.image.created\":\"" + written + "\"}}")
                        .created());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "{\"layers\":[]} more",
                "{\"layers\":[],\"layers\":[]}",
                "{\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"layers\":[]}",
                "{\"layers\":[{\"digest\":\"sha256:00\",\"size\":1,%2$s\"a\"}}]}",
                "{\"layers\":[{%s,\"size\":-1,%s\"a\"}}]}",
                "{\"layers\":[{%s,\"size\":\"1\",%s\"a\"}}]}",
                "{\"layers\":[{%s,\"size\":1.5,%s\"a\"}}]}",
                "{\"layers\":[{%s,\"size\":1,%s\"../a\"}}]}",
                "{\"layers\":[{%1$s,\"size\":1,%2$s\"a\"}},{%1$s,\"size\":1,%2$s\"a\"}}]}"
            })
    void namesAManifestThatIsBroken(String text) {
        String manifest =
                text.formatted("\"digest\":\"" + BLOB + "\"", "\"annotations\":{\"org.opencontainers.image.title\":");
        String message = assertThrows(IOException.class, () -> read(manifest)).getMessage();
        assertTrue(message.startsWith("manifest " + BLOB + " is broken: "), message);
        assertEquals(1, message.lines().count(), message);
    }

    private static Image read(String manifest) throws IOException {
        return ManifestReader.read(BLOB, manifest.getBytes(UTF_8));
    }
}
