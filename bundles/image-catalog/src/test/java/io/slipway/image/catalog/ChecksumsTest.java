package io.slipway.image.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.slipway.image.Digest;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChecksumsTest {

    private static final String A = "a".repeat(64);
    private static final String B = "b".repeat(64);

    @Test
    void eachWayOfWritingIsRead() throws IOException {
        String text = "# a comment\n" + A + "  ./netboot/linux\n" + B.toUpperCase(Locale.ROOT)
                + " *initrd of mine.gz\r\nSHA256 (disc (1).iso) = " + A + "\nSHA512 (disc.iso) = " + A + B
                + "\n" + "c".repeat(40) + "  sha1\n\\" + A + "  with\\nnewline\n";
        assertEquals(
                Map.of(
                        "netboot/linux", new Digest(A),
                        "initrd of mine.gz", new Digest(B),
                        "disc (1).iso", new Digest(A)),
                parse(text).digests());
    }

    @Test
    void whatHasNoSumsIsRefused() {
        assertEquals(
                "it has no SHA-256 sums",
                assertThrows(IOException.class, () -> parse("<html>not found</html>"))
                        .getMessage());
    }

    @Test
    void aPathIsThereOnceOrAlike() throws IOException {
        assertEquals(1, parse(A + "  x\n" + A + "  ./x\n").digests().size());
        assertEquals(
                "it has x twice, and not alike",
                assertThrows(IOException.class, () -> parse(A + "  x\n" + B + "  ./x\n"))
                        .getMessage());
    }

    private static Checksums parse(String text) throws IOException {
        return Checksums.parse(text.getBytes(UTF_8));
    }
}
