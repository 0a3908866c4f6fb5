package io.slipway.wiretests;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs over the seeds of {@code TftpFuzzTestInputs/anyDatagrams} and what fuzzing ever found; with {@code JAZZER_FUZZ=1}
 * it searches for more: {@code ./slipway fuzz}.
 */
class TftpFuzzTest {

    private static ServedTree tree;
    private static TftpWire wire;

    @BeforeAll
    static void serve(@TempDir Path folder) throws Exception {
        tree = new ServedTree(folder);
        wire = new TftpWire(tree);
        ServerFaults.listen();
    }

    @FuzzTest(maxDuration = "5m")
    void anyDatagrams(byte[] bytes) {
        AnyDatagrams.areAnsweredOrDropped(wire, tree, bytes);
    }
}
