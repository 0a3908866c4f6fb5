package io.slipway.itests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules of the house that bytecode and manifests can show, over every bundle of the checkout. */
class ArchitectureTest {

    /** What may be used by others. A bundle that is not named here keeps everything to itself. */
    private static final Map<String, Set<String>> EXPORTS = Map.of(
            "boot-api", Set.of("io.slipway.boot"),
            "dhcp-api", Set.of("io.slipway.dhcp"),
            "dhcp-codec", Set.of("io.slipway.dhcp.codec"),
            "disc-codec", Set.of("io.slipway.disc.codec"),
            "image-api", Set.of("io.slipway.image"),
            "sockets", Set.of("io.slipway.sockets"),
            "state-api", Set.of("io.slipway.state"),
            "tftp-codec", Set.of("io.slipway.tftp.codec"));

    private static Bundles bundles;
    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        bundles = Bundles.of(Checkout.current());
        classes = bundles.classes();
    }

    @Test
    void everyBundleIsLookedAt() {
        assertEquals(Checkout.current().bundles().size(), bundles.all().size(), "a bundle is not built");
        assertTrue(bundles.all().size() >= 20, "only " + bundles.all().size() + " bundles");
    }

    @Test
    void onlyApisCodecsAndSocketsExport() {
        Map<String, Set<String>> exports = new TreeMap<>();
        bundles.all().stream()
                .filter(built -> !built.exports().isEmpty())
                .forEach(built -> exports.put(built.name(), built.exports()));

        assertEquals(new TreeMap<>(EXPORTS), exports);
    }

    @Test
    void noBundleUsesWhatAnotherKeepsToItself() {
        bundles.boundaries().rule().check(classes);
    }

    @Test
    void aBundlesPackagesCarryItsName() {
        for (Bundles.Built built : bundles.all()) {
            String root = built.rootPackage();
            assertTrue(
                    built.packages().stream().allMatch(name -> name.equals(root) || name.startsWith(root + ".")),
                    () -> built.name() + " has packages " + built.packages() + "; expected " + root + " and below");
        }
    }

    @Test
    void nothingSleeps() {
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(classes);
    }

    @Test
    void onlyCommandsAndProgramsPrint() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..command..")
                .and()
                .doNotHaveSimpleName("Main")
                .should()
                .accessField(System.class, "out")
                .check(classes);
        noClasses()
                .that()
                .doNotHaveSimpleName("Main")
                .should()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(classes);
    }
}
