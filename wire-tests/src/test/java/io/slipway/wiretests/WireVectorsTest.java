package io.slipway.wiretests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kind of client and every defect that is known from the field, through the whole chain: bytes in, bytes out. A
 * file that does not say the answers yet gets them with {@code -Dvectors.write}; read them before you commit them.
 */
class WireVectorsTest {

    static List<WireVector> vectors() throws IOException {
        return WireVector.all("vectors");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void theAnswerIsThisOnTheWire(WireVector vector) throws IOException {
        StringBuilder written = new StringBuilder(vector.head());
        boolean isComplete = true;
        try (ShippedChain chain = new ShippedChain()) {
            for (WireVector.Step step : vector.steps()) {
                String outcome = WireVector.describe(chain.receive(step.request(), step.arrival()));
                written.append(step.text()).append("\n").append(outcome).append("\n\n");
                step.expected().ifPresent(expected -> assertEquals(expected, outcome, vector.name()));
                isComplete &= step.expected().isPresent();
            }
        }
        if (!isComplete && System.getProperty("vectors.write") != null) {
            Path file = Path.of(System.getProperty("vectors.folder"), vector.name() + ".hex");
            Files.writeString(file, written.toString().stripTrailing() + "\n");
        }
        assertTrue(isComplete, () -> vector.name() + " does not say what is answered:\n" + written);
    }

    @Test
    void eachBeginsWithWhatItIs() throws IOException {
        for (WireVector vector : vectors()) {
            assertTrue(vector.head().startsWith("# "), vector.name());
            assertFalse(vector.steps().isEmpty(), vector.name());
        }
    }
}
