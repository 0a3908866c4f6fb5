package io.slipway.itests.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.itests.architecture.Checkout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever changes an exported API says so in the package's version. With {@code -Dbaseline.write} writes the baselines. */
class ApiBaselineTest {

    private final Checkout checkout = Checkout.current();

    @Test
    void everyChangeOfAnApiIsToldByItsVersion() throws Exception {
        List<ApiBaseline> baselines = ApiBaseline.all(checkout);
        assertTrue(baselines.size() >= 7, () -> "only these export a package: " + baselines);

        boolean writing = Boolean.parseBoolean(System.getProperty("baseline.write", "false"));
        List<String> problems = new ArrayList<>();
        for (ApiBaseline baseline : baselines) {
            List<String> found = writing && !baseline.isWritten() ? List.of() : baseline.problems();
            problems.addAll(found);
            if (writing && found.isEmpty()) {
                baseline.write();
            }
        }

        assertTrue(problems.isEmpty(), () -> String.join("\n\n", problems));
    }

    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        for (ApiBaseline baseline : ApiBaseline.all(checkout)) {
            String text = ApiText.of(baseline.current());
            Api read = ApiText.parse("# a comment\n" + text);

            assertEquals(text, ApiText.of(read));
            assertEquals(List.of(), ApiChange.between(read, baseline.current()));
        }
    }
}
