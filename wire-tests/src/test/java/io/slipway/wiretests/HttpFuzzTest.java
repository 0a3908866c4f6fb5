package io.slipway.wiretests;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs over the seeds of {@code HttpFuzzTestInputs/anyBytes} and what fuzzing ever found; with {@code JAZZER_FUZZ=1} it
 * searches for more: {@code ./slipway fuzz}.
 */
class HttpFuzzTest {

    private static ServedTree tree;
    private static HttpWire wire;

    @BeforeAll
    static void serve(@TempDir Path folder) throws Exception {
        tree = new ServedTree(folder);
        wire = new HttpWire(tree);
        ServerFaults.listen();
    }

    @FuzzTest(maxDuration = "5m")
    void anyBytes(byte[] bytes) {
        if (bytes.length > 0) {
            AnyStream.isAnsweredOrClosed(wire, tree, bytes);
        }
    }
}
