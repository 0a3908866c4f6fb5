package io.slipway.itests.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sources are short and swallow no failure; and the rules can fail. */
class SourceRulesTest {

    private final Checkout checkout = Checkout.current();

    @Test
    void filesAreShort() {
        List<Path> files = sources();
        List<Integer> lengths = files.stream()
                .map(file -> SourceRules.lines(Checkout.read(file)))
                .sorted()
                .toList();

        assertTrue(files.size() > 100, "only " + files.size() + " sources found");
        files.forEach(file ->
                assertTrue(SourceRules.lines(Checkout.read(file)) <= SourceRules.LONGEST, () -> file + " is too long"));
        assertTrue(lengths.get(lengths.size() * 9 / 10) <= SourceRules.LONG, "a tenth of the files are too long");
        assertTrue(lengths.get(lengths.size() / 2) <= SourceRules.USUAL, "half of the files are too long");
    }

    @Test
    void noFailureIsSwallowed() {
        for (Path file : sources()) {
            if (file.toString().contains("src/main/java")) {
                assertEquals(List.of(), SourceRules.swallowed(Checkout.read(file)), file::toString);
            }
        }
    }

    @Test
    void anEmptyCatchIsFound() {
        assertEquals(
                1,
                SourceRules.swallowed("try { a(); } catch (IOException e) {\n }")
                        .size());
    }

    @Test
    void aBroadCatchThatDropsItsFailureIsFound() {
        assertEquals(
                1,
                SourceRules.swallowed("catch (Exception e) { if (b) { c(); } return e2; } e();")
                        .size());
        assertEquals(
                1,
                SourceRules.swallowed("catch (RuntimeException failure) { count++; } x(failure);")
                        .size());
    }

    @Test
    void aCatchThatSaysWhatItCaughtIsFine() {
        assertEquals(List.of(), SourceRules.swallowed("catch (Exception e) { if (b) { log.warn(\"x\", e); } }"));
        assertEquals(List.of(), SourceRules.swallowed("catch (NumberFormatException e) { return Optional.empty(); }"));
    }

    private List<Path> sources() {
        return Stream.of("bundles", "examples", "itests")
                .flatMap(folder -> checkout.files(folder, ".java").stream())
                .toList();
    }
}
