package io.slipway.storage.oci;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

/**
 * Header fields that a registry could send. In a plain build each input under {@code HeadersFuzzTestInputs} runs once;
 * with {@code JAZZER_FUZZ=1} the fuzzer looks for more.
 */
class HeadersFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void anyChallenge(byte[] bytes) {
        String field = new String(bytes, ISO_8859_1);
        List<Challenge> all = Challenge.parse(List.of(field));
        int length = 0;
        for (Challenge challenge : all) {
            assertTrue(challenge.scheme().matches("[a-z0-9!#$%&'*+.^_`|~-]+"), challenge.scheme());
            length += challenge.scheme().length();
            for (String value : challenge.parameters().values()) {
                length += value.length();
            }
        }
        assertTrue(length <= field.length(), "it has more than was sent");
        assertEquals(all, Challenge.parse(List.of(field)));
    }

    @FuzzTest(maxDuration = "60s")
    void anyLink(byte[] bytes) {
        String field = new String(bytes, ISO_8859_1);
        NextLink.in(List.of(field))
                .ifPresent(target -> assertTrue(
                        field.contains("<" + target + ">") && target.indexOf('>') < 0, "this is not in it: " + target));
    }
}
