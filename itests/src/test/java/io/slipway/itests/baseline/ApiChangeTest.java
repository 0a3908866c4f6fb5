package io.slipway.itests.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import aQute.bnd.version.Version;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The comparison can fail: tried on small APIs that change. */
class ApiChangeTest {

    private static final String PROVIDED = "@ProviderType public interface Fixture { void a(); %s }";
    private static final String CONSUMED = "@ConsumerType public interface Fixture { void a(); %s }";

    @TempDir
    private Path folder;

    private int compiled;

    @Test
    void aMethodThatIsAddedForProvidersIsMinor() throws Exception {
        ApiChange change = only(PROVIDED.formatted(""), "1.0.0", PROVIDED.formatted("int b(String text);"));

        assertEquals(needs("1.1.0"), change.needed());
        assertFalse(change.isTold());
        assertEquals(
                List.of("added: interface fixture.Fixture, method b(java.lang.String) (minor)"), change.elements());
        assertTrue(only(PROVIDED.formatted(""), "1.1.0", PROVIDED.formatted("int b(String text);"))
                .isTold());
    }

    @Test
    void aMethodThatIsAddedForConsumersIsMajor() throws Exception {
        ApiChange change = only(CONSUMED.formatted(""), "1.1.0", CONSUMED.formatted("void b();"));

        assertEquals(needs("2.0.0"), change.needed());
        assertFalse(change.isTold());
        assertEquals(List.of("added: interface fixture.Fixture, method b() (major)"), change.elements());
    }

    @Test
    void aDefaultMethodForConsumersIsMinor() throws Exception {
        assertEquals(
                needs("1.1.0"),
                only(CONSUMED.formatted(""), "1.0.0", CONSUMED.formatted("default void b() {}"))
                        .needed());
    }

    @Test
    void aMethodThatIsRemovedIsMajor() throws Exception {
        ApiChange change = only(PROVIDED.formatted("void b();"), "1.9.9", PROVIDED.formatted(""));

        assertEquals(needs("2.0.0"), change.needed());
        assertFalse(change.isTold());
        assertEquals(List.of("removed: interface fixture.Fixture, method b() (major)"), change.elements());
    }

    @Test
    void aMethodThatReturnsAnotherTypeIsMajor() throws Exception {
        ApiChange change = only(PROVIDED.formatted("int b();"), "1.0.0", PROVIDED.formatted("long b();"));

        assertEquals(needs("2.0.0"), change.needed());
        assertEquals(
                List.of(
                        "removed: interface fixture.Fixture, method b(), return int (major)",
                        "added: interface fixture.Fixture, method b(), return long (minor)"),
                change.elements());
    }

    @Test
    void aRecordWithOneMoreComponentIsMajor() throws Exception {
        ApiChange change = only("public record Fixture(int a) {}", "1.0.0", "public record Fixture(int a, int b) {}");

        assertEquals(needs("2.0.0"), change.needed());
        assertTrue(change.elements().contains("removed: class fixture.Fixture, method <init>(int) (major)"));
    }

    @Test
    void aTypeThatIsAddedIsMinor() throws Exception {
        assertEquals(
                needs("1.1.0"),
                only("public class Fixture {}", "1.0.0", "public class Fixture { public static class More {} }")
                        .needed());
    }

    @Test
    void whatIsNotExportedMayChange() throws Exception {
        assertEquals(
                List.of(),
                changes(
                        "public class Fixture { public void a() {} }",
                        "1.0.0",
                        "public class Fixture { public void a() { b(); } private void b() {} } class Other {}"));
    }

    @Test
    void aPackageThatIsGoneCannotBeMadeUpFor() throws Exception {
        ApiChange change = ApiChange.between(compile("1.0.0", "public class Fixture {}"), new Api(List.of()))
                .get(0);

        assertEquals(Optional.empty(), change.needed());
        assertFalse(change.isTold());
    }

    @Test
    void aVersionDoesNotGoBack() throws Exception {
        ApiChange change = only("public class Fixture {}", "0.9.0", "public class Fixture {}");

        assertEquals(needs("1.0.0"), change.needed());
        assertFalse(change.isTold());
    }

    @Test
    void aPackageThatIsNewNeedsNothing() throws Exception {
        assertEquals(List.of(), ApiChange.between(new Api(List.of()), compile("1.0.0", "public class Fixture {}")));
    }

    @Test
    void namesThatLookLikeRulesAreReadAgain() throws Exception {
        Api api = compile(
                "1.0.0",
                "public class Fixture { public static final String A = \"x\\ny [minor, major]\\\\\", B = \"\\r [\"; }");

        assertEquals(List.of(), ApiChange.between(ApiText.parse(ApiText.of(api)), api));
    }

    @Test
    void aLineThatIsNotAnElementIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> ApiText.parse("package a\n      class b\n"));
        assertThrows(IllegalArgumentException.class, () -> ApiText.parse("packages a\n"));
    }

    private ApiChange only(String before, String version, String after) throws Exception {
        List<ApiChange> changes = changes(before, version, after);
        assertEquals(1, changes.size(), changes::toString);
        return changes.get(0);
    }

    private List<ApiChange> changes(String before, String version, String after) throws Exception {
        Api baseline = ApiText.parse(ApiText.of(compile("1.0.0", before)));
        return ApiChange.between(baseline, compile(version, after));
    }

    private Api compile(String version, String types) throws Exception {
        return Compiled.api(folder.resolve("bundle" + compiled++), version, types);
    }

    private static Optional<Version> needs(String version) {
        return Optional.of(Version.parseVersion(version));
    }
}
