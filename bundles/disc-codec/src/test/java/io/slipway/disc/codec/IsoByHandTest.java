package io.slipway.disc.codec;

import static io.slipway.disc.codec.IsoWriter.DIRECTORY;
import static io.slipway.disc.codec.IsoWriter.MULTI_EXTENT;
import static io.slipway.disc.codec.IsoWriter.ROOT;
import static io.slipway.disc.codec.IsoWriter.record;
import static io.slipway.disc.codec.Shown.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directory records that no tool writes. */
class IsoByHandTest {

    @TempDir
    private Path folder;

    private final IsoWriter disc = new IsoWriter(40);

    @Test
    void stripsVersionsAndDots() throws IOException {
        disc.directory(
                ROOT,
                record("A.;1", 20, 1, 0),
                record("B.TXT;3", 21, 2, 0),
                record("B.TXT;2", 22, 3, 0),
                record("C;X", 20, 1, 0));
        Map<String, DiscFile> files = Shown.files(write());
        assertEquals(Set.of("A", "B.TXT", "C;X"), files.keySet());
        assertEquals(2, files.get("B.TXT").size(), "the newest version is the first");
    }

    @Test
    void joinsTheSectionsOfAFile() throws IOException {
        disc.directory(
                ROOT,
                record("LARGE", 20, 2048, MULTI_EXTENT),
                record("LARGE", 21, 2048, MULTI_EXTENT),
                record("LARGE", 30, 5, 0),
                record("OTHER", 31, 1, 0));
        try (DiscImage image = DiscImage.open(write())) {
            assertEquals(
                    Optional.of(new DiscFile(
                            "LARGE",
                            4101,
                            Instant.parse("2001-01-01T00:00:00Z"),
                            List.of(new DiscExtent(20 * 2048, 4096), new DiscExtent(30 * 2048, 5)))),
                    image.find("large"));
            assertEquals(1, image.find("other").orElseThrow().size());
        }
    }

    @Test
    void refusesAFileThatLacksItsLastSection() throws IOException {
        disc.directory(ROOT, record("LARGE", 20, 2048, MULTI_EXTENT));
        assertWalkRefused("ends before the last section");
    }

    @Test
    void refusesSectionsOfTwoFiles() throws IOException {
        disc.directory(ROOT, record("LARGE", 20, 2048, MULTI_EXTENT), record("OTHER", 21, 1, 0));
        assertWalkRefused("expected the next section");
    }

    @Test
    void passesOverAssociatedFiles() throws IOException {
        disc.directory(ROOT, record("FILE", 20, 9, 4), record("FILE", 21, 2, 0));
        assertEquals(2, Shown.files(write()).get("FILE").size());
    }

    @Test
    void beginsBehindTheExtendedAttributes() throws IOException {
        byte[] file = record("FILE", 20, 9, 0);
        file[1] = 3;
        disc.directory(ROOT, file);
        assertEquals(
                23 * 2048, Shown.files(write()).get("FILE").extents().get(0).offset());
    }

    @Test
    void refusesWhatIsInterleaved() throws IOException {
        byte[] file = record("FILE", 20, 9, 0);
        file[26] = 1;
        disc.directory(ROOT, file);
        assertWalkRefused("'FILE' is interleaved");
    }

    @Test
    void refusesAFileOfAnotherDiscOfTheSet() throws IOException {
        byte[] file = record("FILE", 20, 9, 0);
        file[28] = 2;
        disc.directory(ROOT, file);
        disc.bytes()[16 * 2048 + 120] = 3;
        assertWalkRefused("'FILE' lies on disc 2 of a set of 3, and this is disc 1");
    }

    @Test
    void refusesAFileThatReachesOverTheEnd() throws IOException {
        disc.directory(ROOT, record("FILE", 39, 2049, 0));
        assertWalkRefused("at byte " + 39 * 2048, "a file of 2049 bytes");
    }

    @Test
    void refusesADirectoryThatReachesOverTheEnd() throws IOException {
        disc.directory(ROOT, record("SUB", 1000, 2048, DIRECTORY));
        assertWalkRefused("at byte " + 1000 * 2048, "a directory of 2048 bytes");
    }

    @Test
    void refusesADirectoryThatIsTooLarge() throws IOException {
        disc.directory(ROOT, record("SUB", 20, 0xFFFF_FFFFL, DIRECTORY));
        assertWalkRefused("a directory of 4294967295 bytes", "at most 33554432");
    }

    @Test
    void refusesADirectoryThatHoldsItself() throws IOException {
        disc.directory(ROOT, record("SUB", 20, 2048, DIRECTORY));
        disc.directory(20, record("UP", ROOT, 2048, DIRECTORY));
        assertWalkRefused("a folder that holds itself: 'SUB/UP/'");
    }

    @Test
    void refusesARecordThatIsTooShort() throws IOException {
        disc.directory(ROOT, new byte[] {20});
        assertWalkRefused("a directory record of 20 bytes; expected 34");
    }

    @Test
    void refusesARecordThatReachesIntoTheNextSector() throws IOException {
        byte[][] records = new byte[49][];
        for (int i = 0; i < records.length; i++) {
            records[i] = record("F" + (100 + i) + "XXX", 20, 1, 0);
        }
        disc.directory(ROOT, records);
        disc.bytes()[ROOT * 2048 + 68 + 48 * 40] = (byte) 200;
        assertWalkRefused("a directory record of 200 bytes");
    }

    @Test
    void refusesANameThatDoesNotFit() throws IOException {
        byte[] file = record("FILE", 20, 9, 0);
        file[32] = 100;
        disc.directory(ROOT, file);
        assertWalkRefused("with a name of 100");
    }

    @Test
    void refusesNamesThatAreNone() throws IOException {
        for (String name : List.of("A/B", "A\0B", "..")) {
            disc.directory(ROOT, record(name, 20, 9, 0));
            Path file = write();
            String shown = name.equals("..") ? "'.'" : "'" + name.replace('\0', '?') + "'";
            assertRefused(file, () -> Shown.files(file), "a file is named " + shown);
        }
    }

    @Test
    void takesATimeThatIsNoneForTheEpoch() throws IOException {
        byte[] file = record("FILE", 20, 9, 0);
        file[19] = 13;
        disc.directory(ROOT, file);
        assertEquals(Instant.EPOCH, Shown.files(write()).get("FILE").modified());
    }

    @Test
    void countsTheOffsetFromUtcInQuartersOfAnHour() throws IOException {
        byte[] file = record("FILE", 20, 9, 0);
        file[24] = -8;
        disc.directory(ROOT, file);
        assertEquals(
                Instant.parse("2001-01-01T02:00:00Z"),
                Shown.files(write()).get("FILE").modified());
    }

    @Test
    void refusesOtherBlocks() throws IOException {
        disc.directory(ROOT).bytes()[16 * 2048 + 129] = 4;
        assertOpenRefused("logical blocks of 1024 bytes; only 2048");
    }

    @Test
    void refusesARootThatIsAFile() throws IOException {
        disc.directory(ROOT).bytes()[16 * 2048 + 156 + 25] = 0;
        assertOpenRefused("a root that is no directory");
    }

    @Test
    void refusesARootWithoutARecordOfItself() throws IOException {
        assertOpenRefused("does not begin with a record of itself");
    }

    private Path write() throws IOException {
        return Discs.write(disc.bytes(), folder);
    }

    private void assertOpenRefused(String... parts) throws IOException {
        Path file = write();
        assertRefused(file, () -> DiscImage.open(file), parts);
    }

    private void assertWalkRefused(String... parts) throws IOException {
        Path file = write();
        try (DiscImage image = DiscImage.open(file)) {
            assertRefused(file, () -> Shown.files(image), parts);
        }
    }
}
