package io.slipway.itests.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.EvaluationResult;
import io.slipway.itests.architecture.fixture.kept.Kept;
import io.slipway.itests.architecture.fixture.trespassing.Trespasser;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rule can fail: tried on classes that break it. */
class BundleBoundariesTest {

    private static final String KEPT = Kept.class.getPackageName();
    private static final String TRESPASSING = Trespasser.class.getPackageName();

    private final JavaClasses classes = new ClassFileImporter().importClasses(Kept.class, Trespasser.class);

    @Test
    void aPrivatePackageOfAnotherBundleIsRefused() {
        EvaluationResult result = check(Map.of(KEPT, "one", TRESPASSING, "two"), Set.of());

        assertTrue(result.hasViolation());
        assertTrue(result.getFailureReport().toString().contains("Trespasser"), result.getFailureReport()::toString);
        assertEquals(
                0,
                result.getFailureReport().getDetails().stream()
                        .filter(line -> line.startsWith("Class <" + Kept.class.getName()))
                        .count());
    }

    @Test
    void anArrayOfAPrivateTypeIsRefused() {
        assertTrue(check(Map.of(KEPT, "one", TRESPASSING, "two"), Set.of()).getFailureReport().getDetails().stream()
                .anyMatch(line -> line.contains("many")));
    }

    @Test
    void anExportedPackageIsForEverybody() {
        assertFalse(check(Map.of(KEPT, "one", TRESPASSING, "two"), Set.of(KEPT)).hasViolation());
    }

    @Test
    void aBundleMayUseItself() {
        assertFalse(check(Map.of(KEPT, "one", TRESPASSING, "one"), Set.of()).hasViolation());
    }

    private EvaluationResult check(Map<String, String> owners, Set<String> exported) {
        return new BundleBoundaries(owners, exported).rule().evaluate(classes);
    }
}
