package io.slipway.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.slipway.image.Digest;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an object of the store says, it is a manifest or a tag, or is refused with a reason. */
class JsonTest {

    private static final String HEX = "ab".repeat(32);
    private static final Digest DIGEST = new Digest(HEX);
    private static final String MANIFEST = """
            {"schemaVersion":2,"config":{"digest":"sha256:%1$s","size":2},
            "layers":[{"digest":"sha256:%1$s","size":2}]}""".formatted(HEX);

    @Test
    void aTagSaysWhatItNames() throws IOException {
        byte[] object = Tag.object(DIGEST, 7, Instant.EPOCH);
        assertEquals(
                "{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\"sha256:" + HEX
                        + "\",\"size\":7,\"time\":\"1970-01-01T00:00:00Z\"}",
                new String(object, UTF_8));
        assertEquals(new Tag(DIGEST, "etag"), Tag.parse(object, "etag"));
    }

    @Test
    void aManifestSaysWhatItRefersTo() throws IOException {
        assertEquals(new Manifest(Map.of(DIGEST, 2L)), Manifest.parse(MANIFEST.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{} {}",
                "{\"digest\":1}",
                "{\"digest\":\"sha512:00\"}",
                "{\"digest\":\"a\",\"digest\":\"b\"}",
                "{\"schemaVersion\":1,\"config\":{},\"layers\":[]}",
                "{\"schemaVersion\":2,\"config\":{},\"layers\":[]}",
                "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[]}"
            })
    void whatIsNeitherIsRefused(String text) {
        assertThrows(IOException.class, () -> Tag.parse(text.getBytes(UTF_8), ""));
        assertThrows(IOException.class, () -> Manifest.parse(text.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "2.5", "\"2\"", "99999999999999999999", "null", "3"})
    void aWrongSizeIsRefused(String size) {
        String text = MANIFEST.replaceFirst("\"size\":2", "\"size\":" + size);
        assertThrows(IOException.class, () -> Manifest.parse(text.getBytes(UTF_8)));
    }

    @Test
    void nothingButAnIOExceptionComesOfBrokenBytes() throws IOException {
        for (byte[] whole : new byte[][] {MANIFEST.getBytes(UTF_8), Tag.object(DIGEST, 7, Instant.EPOCH)}) {
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThrows(IOException.class, () -> Manifest.parse(cut));
                assertThrows(IOException.class, () -> Tag.parse(cut, ""));
            }
            Random random = new Random(1);
            int refused = 0;
            for (int round = 0; round < 2000; round++) {
                byte[] changed = whole.clone();
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
                try {
                    Manifest.parse(changed);
                    Tag.parse(changed, "");
                } catch (IOException e) {
                    refused++;
                }
            }
            assertEquals(2000, refused, "each is not the one or not the other");
        }
        assertThrows(IOException.class, () -> Tag.parse("[".repeat(2000).getBytes(UTF_8), ""));
    }
}
