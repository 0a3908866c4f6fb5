package io.slipway.image.catalog.openpgp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Any bytes are a clear-signed message or refused. Runs over the seeds of {@code ClearSignedFuzzTestInputs} and what
 * fuzzing ever found; with {@code JAZZER_FUZZ=1} it searches for more.
 */
class ClearSignedFuzzTest {

    @FuzzTest(maxDuration = "2m")
    void anyBytes(byte[] bytes) {
        ClearSigned parsed;
        try {
            parsed = ClearSigned.parse(bytes);
            for (byte[] block : parsed.signatures()) {
                Packets.signatures(block);
            }
        } catch (IOException refused) {
            return;
        }
        // What is believed says the same as what was signed.
        String canonical = new String(parsed.canonical(), StandardCharsets.ISO_8859_1);
        assertArrayEquals(
                parsed.text(), (canonical.replace("\r\n", "\n") + "\n").getBytes(StandardCharsets.ISO_8859_1));
    }
}
