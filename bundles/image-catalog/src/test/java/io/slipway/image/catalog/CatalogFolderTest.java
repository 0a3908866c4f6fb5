package io.slipway.image.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogFolderTest {

    private static final Set<String> SHIPPED =
            Set.of("debian-12-amd64", "debian-12-arm64", "debian-13-amd64", "debian-13-arm64");

    @TempDir
    private Path folder;

    @Test
    void whatIsShippedIsThereWithoutAFolder() {
        CatalogFolder.Reading reading = new CatalogFolder(folder.resolve("absent")).read();
        assertEquals(SHIPPED, reading.entries().keySet());
        assertEquals(List.of(), reading.problems());
        assertEquals(
                "https://deb.debian.org/debian/dists/bookworm/main/installer-amd64/current/images/netboot"
                        + "/debian-installer/amd64/linux",
                reading.entries()
                        .get("debian-12-amd64")
                        .at(reading.entries().get("debian-12-amd64").files().get(0))
                        .toString());
    }

    @Test
    void aFileIsReadAsSoonAsItIsThere() throws IOException {
        CatalogFolder catalog = new CatalogFolder(folder);
        assertEquals(SHIPPED, catalog.read().entries().keySet());
        write("own.yaml", EntryReaderTest.ENTRY);
        assertTrue(catalog.read().entries().containsKey("rescue"));
        Files.delete(folder.resolve("own.yaml"));
        assertEquals(SHIPPED, catalog.read().entries().keySet());
    }

    @Test
    void aBrokenFileIsRefusedAndTheOthersCount() throws IOException {
        write("a.yaml", "entries: [");
        write("b.yaml", EntryReaderTest.ENTRY);
        write(".b.yaml.swp", "[");
        write("c.yaml~", "[");
        Files.createSymbolicLink(folder.resolve("d.yaml"), folder.resolve("b.yaml"));
        CatalogFolder.Reading reading = new CatalogFolder(folder).read();
        assertTrue(reading.entries().containsKey("rescue"));
        assertEquals(2, reading.problems().size(), reading.problems()::toString);
        assertTrue(reading.problems().get(0).toString().startsWith("a.yaml:1: "), reading.problems()::toString);
        assertEquals(
                "d.yaml: not a regular file; put the file itself here",
                reading.problems().get(1).toString());
    }

    @Test
    void anOwnEntryTakesThePlaceOfAShippedOne() throws IOException {
        write("own.yml", EntryReaderTest.ENTRY.replace("  rescue:", "  debian-12-amd64:"));
        CatalogFolder.Reading reading = new CatalogFolder(folder).read();
        assertEquals("Rescue", reading.entries().get("debian-12-amd64").title());
        assertEquals(List.of(), reading.problems());
    }

    @Test
    void aNameIsTheFirstFilesAlone() throws IOException {
        write("a.yaml", EntryReaderTest.ENTRY);
        write("b.yaml", EntryReaderTest.ENTRY.replace("Rescue", "Another"));
        CatalogFolder.Reading reading = new CatalogFolder(folder).read();
        assertEquals("Rescue", reading.entries().get("rescue").title());
        assertEquals(
                "b.yaml: entry rescue is also in a.yaml, which counts; rename one",
                reading.problems().get(0).toString());
    }

    @Test
    void aFolderThatIsNoneIsToldOf() throws IOException {
        write("file", "");
        CatalogFolder.Reading reading = new CatalogFolder(folder.resolve("file")).read();
        assertEquals(SHIPPED, reading.entries().keySet());
        assertTrue(reading.problems().get(0).toString().contains("cannot be read"), reading.problems()::toString);
    }

    private void write(String name, String text) throws IOException {
        Files.write(folder.resolve(name), text.getBytes(UTF_8));
    }
}
