package io.slipway.image.store.source;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Whatever an archive holds, it is read or refused with a message of one line. In a plain build each input under
 * {@code TarFuzzTestInputs} runs once; with {@code JAZZER_FUZZ=1} the fuzzer looks for more.
 */
class TarFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void anyBytes(byte[] bytes) {
        readsOrRefuses(bytes);
        readsOrRefuses(summed(bytes));
    }

    private static void readsOrRefuses(byte[] bytes) {
        RecordingIntake intake = new RecordingIntake();
        try {
            TarSource.of("archive", new ByteArrayInputStream(bytes)).read(intake);
        } catch (IOException refused) {
            assertTrue(refused.getMessage().chars().noneMatch(Character::isISOControl), refused.getMessage());
            return;
        }
        assertFalse(intake.bytes.isEmpty());
        // What a link names was handed over before.
        assertTrue(intake.files.keySet().containsAll(intake.links.values()));
    }

    /** With the right checksum in every block: else nearly all that a fuzzer changes would be refused for it. */
    private static byte[] summed(byte[] bytes) {
        byte[] summed = bytes.clone();
        for (int block = 0; block + TarHeader.BLOCK <= summed.length; block += TarHeader.BLOCK) {
            if (!TarHeader.isZero(Arrays.copyOfRange(summed, block, block + TarHeader.BLOCK))) {
                TarWriter.sum(summed, block);
            }
        }
        return summed;
    }
}
