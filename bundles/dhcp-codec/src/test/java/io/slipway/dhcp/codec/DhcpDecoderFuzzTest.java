package io.slipway.dhcp.codec;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Runs over the seeds of {@code DhcpDecoderFuzzTestInputs/anyBytes} and what fuzzing ever found; with
 * {@code JAZZER_FUZZ=1} it searches for more.
 */
class DhcpDecoderFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void anyBytes(byte[] bytes) {
        RandomBytes.decodesOrRefuses(bytes);
    }
}
