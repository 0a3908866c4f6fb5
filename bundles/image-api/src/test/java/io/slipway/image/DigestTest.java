package io.slipway.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {

    private static final String OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @Test
    void readsAndWritesTheOciForm() {
        Digest digest = Digest.parse("sha256:" + OF_NOTHING);
        assertEquals(OF_NOTHING, digest.hex());
        assertEquals("sha256:" + OF_NOTHING, digest.toString());
        assertEquals(TestManifests.digest(new byte[0]), digest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha256:",
                OF_NOTHING,
                "sha512:" + OF_NOTHING,
                "sha256:" + OF_NOTHING + "0",
                "sha256:../" + OF_NOTHING,
                "sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855"
            })
    void refusesOtherForms(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> Digest.parse(text))
                .getMessage();
        assertTrue(message.contains("expected"), message);
    }
}
