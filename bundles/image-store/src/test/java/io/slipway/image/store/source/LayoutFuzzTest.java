package io.slipway.image.store.source;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/**
 * Whatever the JSON of a layout or of families of discs holds, it is read or refused with a message of one line. In a plain
 * build each input under {@code LayoutFuzzTestInputs} runs once; with {@code JAZZER_FUZZ=1} the fuzzer looks for more.
 */
class LayoutFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void anyBytes(byte[] bytes) {
        readsOrRefuses(() -> LayoutIndex.parse(bytes).entries().forEach(LayoutFuzzTest::check));
        readsOrRefuses(() -> LayoutManifest.parse(bytes).blobs().forEach(LayoutFuzzTest::check));
        readsOrRefuses(() -> DiscFamilyReader.read(bytes));
    }

    private interface Reading {
        void run() throws IOException;
    }

    private static void readsOrRefuses(Reading reading) {
        try {
            reading.run();
        } catch (IOException refused) {
            assertTrue(refused.getMessage().chars().noneMatch(Character::isISOControl), refused.getMessage());
        }
    }

    private static void check(LayoutDescriptor descriptor) {
        assertTrue(descriptor.size() >= 0);
        String name = descriptor.annotations().getOrDefault(LayoutNames.REF_NAME, "");
        LayoutNames.forPlatform(LayoutNames.of("folder").suggest(name), descriptor.platform());
    }
}
