package io.slipway.image.store.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiscFamiliesTest {

    private static final String GOOD = """
            {"id": "ours", "markers": [{"file": ["our/disc"], "text": "(?<name>.+)"}],
             "boot": [{"kernel": "our/kernel", "initrds": []}], "description": "Ours, ${name}"}""";

    @TempDir
    private Path folder;

    @Test
    void everyBuiltInFamilyThatHasNoArgumentsSaysWhy() throws IOException {
        List<DiscFamily> families = DiscFamilies.read(Optional.empty()).all();
        assertTrue(families.size() >= 12, "" + families.size());
        for (DiscFamily family : families) {
            assertFalse(family.arguments().isEmpty() && family.note().isEmpty(), family.id());
        }
    }

    @Test
    void anOperatorsFamiliesComeFirstAndReplace() throws IOException {
        String debian = GOOD.replace("ours", "debian-live");
        DiscFamilies families = DiscFamilies.read(Optional.of(write("{\"families\": [" + GOOD + "," + debian + "]}")));
        List<String> ids = families.all().stream().map(DiscFamily::id).toList();
        assertEquals(List.of("ours", "debian-live"), ids.subList(0, 2));
        assertEquals(1, ids.stream().filter("debian-live"::equals).count());
        assertTrue(ids.contains("ubuntu"));
        FakeDisc disc = new FakeDisc("x").text("our/disc", "the 3rd").with("our/kernel");
        assertEquals(
                "Ours, the 3rd",
                new DiscRecogniser(families).recognise(disc).orElseThrow().description());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"id\": \"ours\" | \"id\": \"Our Disc\" | a family has the id 'Our Disc'; expected lower-case",
                "\"id\": \"ours\" | \"name\": \"ours\" | a family has the id ''",
                "\"id\": \"ours\" | \"id\": 7 | the key 'id' has 7; expected a string",
                "\"boot\" | \"boots\" | family 'ours': the key 'boots' is unknown; expected one of arguments, boot",
                "\"file\": | \"files\": | the key 'files' is unknown",
                "\"text\": | \"label\": | a marker has file, or file and text, or label",
                "(?<name>.+) | ( | is no regular expression",
                "${name} | ${nme} | description has ${nme}; expected one of label, name",
                "[\"our/disc\"] | \"our/disc\" | the key 'file' has \"our/disc\"; expected a list",
                "[\"our/disc\"] | [7] | the key 'file' has 7; expected strings",
                "our/disc | /our/disc | file has the path '/our/disc'; expected one from the root",
                "our/kernel | our/*/kernel* | expected one * at most",
                "our/kernel | | kernel has the path ''",
                "our/kernel | our\\nkernel | kernel has the path 'our?kernel'",
                "\"initrds\": [] | \"initrds\": [\"i-*\"] | initrds have a *, and kernel 'our/kernel' has none",
                "\"description\": \"Ours, ${name}\" | \"arguments\": \"x=${url}\" | arguments has ${url}; expected one of *,",
                "\"description\": \"Ours, ${name}\" | \"arguments\": \"x=${*}\" | not every kernel has a *",
                "\"description\": \"Ours, ${name}\" | \"arguments\": \"a\\nb\" | arguments has a control character",
                "\"text\" | \"optional\": true, \"text\" | one of them not optional",
                "\"text\" | \"optional\": 1, \"text\" | expected true or false",
                "\"boot\": [{\"kernel\": \"our/kernel\", \"initrds\": []}] | \"boot\": [] | expected boot or files",
                "\"boot\": [{\"kernel\": \"our/kernel\", \"initrds\": []}] | \"boot\": [7] | expected objects",
                "\"description\" | \"files\": [{\"path\": [\"a\"], \"role\": \"x\"}], \"description\" | a role of initrd, iso",
            })
    void whatIsNotUnderstoodIsNamed(String good, String bad, String expected) throws IOException {
        assertTrue(GOOD.contains(good), good);
        String wrong = GOOD.replace(good, bad == null ? "" : bad);
        Path file = write("{\"families\": [" + wrong + "]}");
        String message = failure(file);
        assertTrue(message.startsWith(file + ": ") && message.contains(expected), message);
    }

    @Test
    void whatIsNoFileOfFamiliesIsNamed() throws IOException {
        assertTrue(failure(write("{\"families\": [")).contains("line 1"));
        assertTrue(failure(write("[]")).contains("not a JSON object"));
        assertTrue(failure(write("{\"discs\": []}")).contains("the key 'discs' is unknown"));
        assertTrue(failure(write("{\"families\": [" + GOOD + "," + GOOD + "]}")).contains("two families 'ours'"));
        Path none = folder.resolve("none.json");
        assertTrue(failure(none).startsWith(none + " cannot be read"));
    }

    private Path write(String json) throws IOException {
        return Files.writeString(folder.resolve("discs.json"), json);
    }

    private static String failure(Path file) {
        return assertThrows(IOException.class, () -> DiscFamilies.read(Optional.of(file)))
                .getMessage();
    }
}
