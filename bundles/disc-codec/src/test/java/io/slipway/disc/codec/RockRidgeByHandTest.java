package io.slipway.disc.codec;

import static io.slipway.disc.codec.IsoWriter.ROOT;
import static io.slipway.disc.codec.IsoWriter.ascii;
import static io.slipway.disc.codec.IsoWriter.concat;
import static io.slipway.disc.codec.IsoWriter.continuation;
import static io.slipway.disc.codec.IsoWriter.entry;
import static io.slipway.disc.codec.IsoWriter.mode;
import static io.slipway.disc.codec.IsoWriter.name;
import static io.slipway.disc.codec.IsoWriter.record;
import static io.slipway.disc.codec.Shown.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** System use entries that no tool writes. */
class RockRidgeByHandTest {

    private static final int LINK = 0xA1FF;

    @TempDir
    private Path folder;

    private final IsoWriter disc = new IsoWriter(40);

    @Test
    void joinsANameThatGoesOnInContinuationAreas() throws IOException {
        disc.rockRidgeRoot(record("A", 20, 1, 0, name(1, "one-"), continuation(30, 100, 28 + 9)));
        disc.sector(30, concat(new byte[100], name(1, "two-"), continuation(31, 0, 12)));
        disc.sector(31, name(0, "th\u00c3\u00b6re"));
        assertShown("one-two-thöre");
    }

    @Test
    void takesNamesThatAreNotUtf8ForLatin1() throws IOException {
        disc.rockRidgeRoot(record("A", 20, 1, 0, name(0, "th\u00f6re")));
        assertShown("thöre");
    }

    @Test
    void hasTheIdentifierWhereThereIsNoName() throws IOException {
        disc.rockRidgeRoot(record("A.TXT;1", 20, 1, 0, mode(0x81A4)));
        assertShown("A.TXT");
    }

    @Test
    void endsAnAreaAtItsTerminatorAndAtPadding() throws IOException {
        disc.rockRidgeRoot(
                record("A", 20, 1, 0, continuation(30, 0, 100), entry("ST"), name(0, "no")),
                record("B", 20, 1, 0, name(0, "b"), new byte[6]));
        disc.sector(30, concat(name(0, "yes"), new byte[90]));
        assertShown("b", "yes");
    }

    @Test
    void skipsWhatAnotherStandardHasBeforeTheEntries() throws IOException {
        byte[] sharing = entry("SP", 0xBE, 0xEF, 14);
        byte[] xa = new byte[14];
        byte[] self = record(new byte[] {0}, ROOT, 2048, IsoWriter.DIRECTORY, xa, sharing, IsoWriter.EXTENSION);
        byte[] parent = record(new byte[] {1}, ROOT, 2048, IsoWriter.DIRECTORY, xa);
        disc.sector(ROOT, concat(self, parent, record("A", 20, 1, 0, xa, name(0, "name"))));
        assertShown("name");
    }

    @Test
    void isNoRockRidgeWithoutItsEntries() throws IOException {
        byte[] self = record(new byte[] {0}, ROOT, 2048, IsoWriter.DIRECTORY, IsoWriter.SHARING);
        byte[] parent = record(new byte[] {1}, ROOT, 2048, IsoWriter.DIRECTORY);
        disc.sector(ROOT, concat(self, parent, record("A", 20, 1, 0, name(0, "name"))));
        assertShown("A");
    }

    @Test
    void readsBothFormsOfTimes() throws IOException {
        byte[] shortCreation = {100, 1, 1, 0, 0, 0, 0};
        byte[] shortModify = {121, 3, 4, 5, 6, 7, 4};
        byte[] longModify = concat(ascii("2021030405060799"), new byte[] {4});
        byte[] longNone = concat(ascii("2021xx0405060799"), new byte[] {4});
        disc.rockRidgeRoot(
                record("A", 20, 1, 0, name(0, "a"), entry("TF", concat(new byte[] {3}, shortCreation, shortModify))),
                record("B", 20, 1, 0, name(0, "b"), entry("TF", concat(new byte[] {2}, shortModify))),
                record(
                        "C",
                        20,
                        1,
                        0,
                        name(0, "c"),
                        entry("TF", concat(new byte[] {(byte) 0x83}, longNone, longModify))),
                record("D", 20, 1, 0, name(0, "d"), entry("TF", concat(new byte[] {(byte) 0x82}, longNone))),
                record("E", 20, 1, 0, name(0, "e"), entry("TF", concat(new byte[] {1}, shortCreation))));
        Instant modified = Instant.parse("2021-03-04T04:06:07Z");
        Map<String, DiscFile> files = Shown.files(write());
        assertEquals(modified, files.get("a").modified());
        assertEquals(modified, files.get("b").modified());
        assertEquals(modified, files.get("c").modified());
        assertEquals(Instant.EPOCH, files.get("d").modified());
        assertEquals(Instant.parse("2001-01-01T00:00:00Z"), files.get("e").modified());
    }

    @Test
    void joinsALinksTargetThatGoesOn() throws IOException {
        byte[] first = entry("SL", concat(new byte[] {1, 4, 0, 1, 3}, ascii("sub")));
        byte[] second = entry("SL", concat(new byte[] {0, 0, 3}, ascii("way"), new byte[] {2, 0, 0, 1}, ascii("f")));
        disc.rockRidgeRoot(
                record("D", 20, 2048, IsoWriter.DIRECTORY, name(0, "d")),
                record("S", 21, 2048, IsoWriter.DIRECTORY, name(0, "subway")));
        disc.directory(20, record("L", 0, 0, 0, name(0, "link"), mode(LINK), first, second));
        disc.directory(21, record("F", 22, 7, 0, name(0, "f")));
        Map<String, DiscFile> files = Shown.files(write());
        assertEquals(Set.of("d/link", "subway/f"), files.keySet());
        assertEquals(7, files.get("d/link").size());
    }

    @Test
    void refusesALinkWithoutATarget() throws IOException {
        disc.rockRidgeRoot(record("L", 0, 0, 0, name(0, "link"), mode(LINK)));
        assertWalkRefused("a symbolic link without a target");
    }

    @Test
    void refusesALinkWhosePartDoesNotFit() throws IOException {
        disc.rockRidgeRoot(record("L", 0, 0, 0, name(0, "link"), mode(LINK), entry("SL", 0, 0, 9, 'a')));
        assertWalkRefused("a part of a symbolic link that reaches over");
    }

    @Test
    void refusesATargetThatIsTooLong() throws IOException {
        byte[] part = entry("SL", concat(new byte[] {1, 1, (byte) 240}, new byte[240]));
        disc.rockRidgeRoot(record("L", 0, 0, 0, name(0, "link"), mode(LINK), continuation(30, 0, 7 * 247 + 28)));
        byte[][] sevenParts = {part, part, part, part, part, part, part};
        for (int sector = 30; sector < 33; sector++) {
            disc.sector(sector, concat(concat(sevenParts), continuation(sector + 1, 0, 7 * 247 + 28)));
        }
        assertWalkRefused("a symbolic link's target of more than 4096 bytes");
    }

    @Test
    void refusesANameThatIsTooLong() throws IOException {
        byte[] part = name(1, "x".repeat(240));
        disc.rockRidgeRoot(record("A", 0, 0, 0, continuation(30, 0, 4 * 245)));
        disc.sector(30, concat(part, part, part, part));
        assertWalkRefused("a name of more than 765 bytes");
    }

    @Test
    void refusesASecondName() throws IOException {
        disc.rockRidgeRoot(record("A", 0, 0, 0, name(0, "a"), name(0, "b")));
        assertWalkRefused("a second name");
    }

    @Test
    void refusesContinuationsThatGoRoundInACircle() throws IOException {
        disc.rockRidgeRoot(record("A", 0, 0, 0, continuation(30, 0, 28)));
        disc.sector(30, continuation(30, 0, 28));
        assertWalkRefused("more than 32 continuation areas");
    }

    @Test
    void readsAContinuationThatGoesOnIntoTheNextBlock() throws IOException {
        disc.rockRidgeRoot(record("A", 20, 1, 0, continuation(30, 2044, 9)));
        disc.sector(30, concat(new byte[2044], name(0, "name")));
        assertShown("name");
    }

    @Test
    void refusesAContinuationThatIsTooLargeOrOutsideOfItsBlock() throws IOException {
        disc.rockRidgeRoot(record("A", 0, 0, 0, continuation(30, 2000, 16385)));
        assertWalkRefused("a continuation area of 16385 bytes at 2000");
        disc.rockRidgeRoot(record("A", 0, 0, 0, continuation(30, 2048, 9)));
        assertWalkRefused("a continuation area of 9 bytes at 2048");
    }

    @Test
    void refusesAContinuationOverTheEndOfTheDisc() throws IOException {
        disc.rockRidgeRoot(record("A", 0, 0, 0, continuation(0xFFFF_FFFFL, 0, 28)));
        assertWalkRefused("at byte " + 0xFFFF_FFFFL * 2048, "a continuation area of 28 bytes");
    }

    @Test
    void refusesEntriesThatAreTooShortOrTooLong() throws IOException {
        for (byte[] wrong : new byte[][] {
            {'X', 'X', 3, 1},
            {'X', 'X', 50, 1},
            entry("PX", 0),
            entry("NM"),
            entry("TF"),
            entry("TF", 2, 0),
            entry("CE", 0),
            entry("SL"),
            entry("CL", 0)
        }) {
            disc.rockRidgeRoot(record("A", 20, 1, 0, wrong));
            assertWalkRefused("a system use entry", "expected");
        }
    }

    @Test
    void refusesADirectoryThatIsAFile() throws IOException {
        disc.rockRidgeRoot(record("A", 20, 1, 0, name(0, "a"), mode(0x41ED)));
        assertWalkRefused("a directory by its mode and a file by its flags");
    }

    @Test
    void entersARelocatedDirectoryWhereItBelongs() throws IOException {
        byte[] child = entry("CL", new LittleEndian().both32(21).bytes());
        disc.rockRidgeRoot(
                record("D", 0, 0, 0, name(0, "deep"), child),
                record("M", 20, 2048, IsoWriter.DIRECTORY, name(0, "moved")));
        disc.directory(20, record("D", 21, 2048, IsoWriter.DIRECTORY, name(0, "deep"), entry("RE")));
        disc.directory(21, record("F", 22, 7, 0, name(0, "f")));
        assertShown("deep/f");
    }

    @Test
    void refusesADirectoryThatIsRelocatedIntoItself() throws IOException {
        disc.rockRidgeRoot(record(
                "D",
                0,
                0,
                0,
                name(0, "a"),
                entry("CL", new LittleEndian().both32(ROOT).bytes())));
        assertWalkRefused("a folder that holds itself: 'a/'");
    }

    @Test
    void refusesARelocationToWhatIsNoDirectory() throws IOException {
        disc.rockRidgeRoot(record(
                "D",
                0,
                0,
                0,
                name(0, "a"),
                entry("CL", new LittleEndian().both32(30).bytes())));
        assertWalkRefused("at byte " + 30 * 2048, "does not begin with a record of itself");
    }

    @Test
    void refusesASparseFile() throws IOException {
        disc.rockRidgeRoot(record("A", 20, 1, 0, name(0, "a"), entry("SF", new byte[17])));
        assertWalkRefused("'a' is compressed by zisofs or is sparse");
    }

    private Path write() throws IOException {
        return Discs.write(disc.bytes(), folder);
    }

    private void assertShown(String... paths) throws IOException {
        assertEquals(Set.of(paths), Shown.files(write()).keySet());
    }

    private void assertWalkRefused(String... parts) throws IOException {
        Path file = write();
        try (DiscImage image = DiscImage.open(file)) {
            assertRefused(file, () -> Shown.files(image), parts);
        }
    }
}
