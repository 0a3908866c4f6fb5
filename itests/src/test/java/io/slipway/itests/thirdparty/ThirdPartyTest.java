package io.slipway.itests.thirdparty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.itests.architecture.Checkout;
import io.slipway.itests.thirdparty.ThirdPartyPage.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page of third parties tells of every jar that is shipped. With {@code -Dthird-party.write} its table is written; a
 * licence that a jar does not name is then filled in by hand, and stays.
 */
class ThirdPartyTest {

    private static final String WRITE = "mvn -pl itests test -Dtest=ThirdPartyTest -Dthird-party.write";
    private static final String UNKNOWN = "unknown";

    private final Path page = Checkout.current().root().resolve("docs/third-party.md");

    @TempDir
    private Path folder;

    @Test
    void thePageTellsOfWhatIsShipped() throws Exception {
        Shipped shipped = Shipped.unpack(folder);
        ThirdPartyPage written = ThirdPartyPage.parse(Files.readString(page));
        ThirdPartyPage now = written.with(rows(shipped, written));
        assertTrue(
                now.rows().size() > 50,
                () -> "only these jars found: " + now.rows().keySet());

        if (Boolean.parseBoolean(System.getProperty("third-party.write", "false"))) {
            Files.writeString(page, now.toString());
        } else {
            List<String> wrong = differences(written.rows(), now.rows());
            assertTrue(
                    wrong.isEmpty(),
                    () -> "docs/third-party.md is not what is shipped; " + WRITE + "\n" + String.join("\n", wrong));
        }
        assertEquals(
                List.of(),
                now.rows().values().stream()
                        .filter(row -> row.licence().equals(UNKNOWN))
                        .map(Row::name)
                        .toList(),
                "these jars name no licence; look it up and write it into docs/third-party.md");
    }

    @Test
    void theLicenceGoesAlong() throws Exception {
        Shipped shipped = Shipped.unpack(folder);
        Path root = Checkout.current().root();
        for (String name : List.of("LICENSE", "NOTICE", "docs/third-party.md")) {
            assertEquals(Optional.of(Files.readString(root.resolve(name))), shipped.text(name), name);
        }
        try (Stream<Path> walk = Files.walk(folder.resolve("system/io/slipway"))) {
            List<Path> jars =
                    walk.filter(file -> file.toString().endsWith(".jar")).toList();
            assertTrue(jars.size() > 20, jars::toString);
            for (Path file : jars) {
                try (JarFile jar = new JarFile(file.toFile())) {
                    assertTrue(jar.getEntry("META-INF/LICENSE") != null, () -> file + " lacks its licence");
                    assertTrue(jar.getEntry("META-INF/NOTICE") != null, () -> file + " lacks its notice");
                }
            }
        }
    }

    @Test
    void whatIsMissingGoneOrChangedIsFound() {
        Row one = new Row("one", "1", "MIT", "a");
        Row newer = new Row("one", "2", "MIT", "a");
        Row free = new Row("one", "1", "Apache-2.0", "a");

        assertEquals(List.of("missing: " + one), differences(Map.of(), Map.of("one 1", one)));
        assertEquals(List.of("not shipped: " + one), differences(Map.of("one 1", one), Map.of()));
        assertEquals(
                List.of("not shipped: " + one, "missing: " + newer),
                differences(Map.of("one 1", one), Map.of("one 2", newer)));
        assertEquals(
                List.of("not shipped: " + one, "missing: " + free),
                differences(Map.of("one 1", one), Map.of("one 1", free)));
    }

    @Test
    void thePageIsReadAsItIsWritten() throws IOException {
        String text = Files.readString(page);

        assertEquals(text, ThirdPartyPage.parse(text).toString());
        assertThrows(IllegalArgumentException.class, () -> ThirdPartyPage.parse("no table"));
    }

    @Test
    void namesAndVersionsAreOfThePath() {
        ShippedJar built = ShippedJar.of(Path.of("h/system/io/netty/a-b/4.2.Final/a-b-4.2.Final-linux-x86_64.jar"));
        ShippedJar placed = ShippedJar.of(Path.of("h/lib/activation-api-1.2.1-1.2.1_3.jar"));

        assertEquals(List.of("a-b-linux-x86_64", "4.2.Final"), List.of(built.name(), built.version()));
        assertEquals(List.of("activation-api-1.2.1", "1.2.1_3"), List.of(placed.name(), placed.version()));
    }

    @Test
    void anotherLicenceIsNotRecognised() {
        assertEquals(Optional.empty(), ShippedJar.recognised("GPL-3.0-only"));
        assertEquals(
                Optional.of("Apache-2.0"), ShippedJar.recognised("https://www.apache.org/licenses/LICENSE-2.0.txt"));
    }

    private static List<Row> rows(Shipped shipped, ThirdPartyPage written) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (ShippedJar jar : shipped.jars()) {
            String licence = jar.licence().orElseGet(() -> written.rows().values().stream()
                    .filter(row -> row.name().equals(jar.name()))
                    .map(Row::licence)
                    .findFirst()
                    .orElse(UNKNOWN));
            rows.add(new Row(jar.name(), jar.version(), licence, shipped.use(jar)));
        }
        return rows;
    }

    private static List<String> differences(Map<String, Row> written, Map<String, Row> shipped) {
        return Stream.concat(
                        written.values().stream()
                                .filter(row -> !shipped.containsValue(row))
                                .map(row -> "not shipped: " + row),
                        shipped.values().stream()
                                .filter(row -> !written.containsValue(row))
                                .map(row -> "missing: " + row))
                .toList();
    }
}
