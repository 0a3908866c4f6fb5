package io.slipway.disc.codec;

import static io.slipway.disc.codec.IsoWriter.ascii;
import static io.slipway.disc.codec.IsoWriter.concat;
import static io.slipway.disc.codec.Shown.assertRefused;
import static io.slipway.disc.codec.Shown.text;
import static io.slipway.disc.codec.UdfBytes.descriptor;
import static io.slipway.disc.codec.UdfBytes.extendedEntry;
import static io.slipway.disc.codec.UdfBytes.identifier;
import static io.slipway.disc.codec.UdfBytes.longDescriptor;
import static io.slipway.disc.codec.UdfBytes.shortDescriptor;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Anchors, volume descriptors and partition maps. */
class UdfVolumeTest {

    private static final int SECTOR = 2048;
    private static final int EMBEDDED = 3;
    private static final int DIRECTORY = 4;
    private static final int REGULAR = 5;
    private static final byte[] FILE_SET = longDescriptor(SECTOR, 0, 0);

    @TempDir
    private Path folder;

    private final UdfWriter disc = physical(FILE_SET, UdfWriter.PHYSICAL_MAP);

    /** A disc with one file in block 2. */
    private static UdfWriter physical(byte[] fileSet, byte[]... maps) {
        byte[] names = concat(identifier("", 0x0A, 0, 1), identifier("file", 0, 0, 2));
        return new UdfWriter(300, fileSet, maps)
                .block(0, UdfBytes.fileSet(0, longDescriptor(SECTOR, 0, 1)))
                .block(1, extendedEntry(1, DIRECTORY, names.length, EMBEDDED, names))
                .block(2, extendedEntry(2, REGULAR, 5, EMBEDDED, ascii("hello")));
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 556, 300})
    void findsTheAnchorInEachOfItsPlaces(int place) throws IOException {
        byte[] anchor = Arrays.copyOfRange(disc.bytes(), 256 * SECTOR, 257 * SECTOR);
        disc.sector(256, new byte[SECTOR]);
        ByteBuffer.wrap(anchor).order(ByteOrder.LITTLE_ENDIAN).putInt(12, place);
        UdfBytes.mend(ByteBuffer.wrap(anchor).order(ByteOrder.LITTLE_ENDIAN), 0);
        disc.sector(place, anchor);
        assertReads();
    }

    @Test
    void usesTheReserveWhenTheMainSequenceIsDamaged() throws IOException {
        disc.bytes()[UdfWriter.MAIN * SECTOR + 100]++;
        assertReads();
    }

    @Test
    void refusesTwoDamagedSequences() throws IOException {
        disc.bytes()[UdfWriter.MAIN * SECTOR + 100]++;
        disc.bytes()[UdfWriter.RESERVE * SECTOR + 100]++;
        assertOpenRefused("at byte " + UdfWriter.MAIN * SECTOR, "with the CRC");
    }

    @Test
    void goesOnWhereAPointerLeads() throws IOException {
        int elsewhere = 80;
        disc.sector(elsewhere, UdfWriter.logicalVolume(elsewhere, FILE_SET, 0x0260, UdfWriter.PHYSICAL_MAP));
        disc.sector(
                UdfWriter.MAIN,
                descriptor(
                        3,
                        UdfWriter.MAIN,
                        new LittleEndian().u32(1).u32(2 * SECTOR).u32(elsewhere).bytes()));
        byte[] partition =
                Arrays.copyOfRange(disc.bytes(), (UdfWriter.MAIN + 1) * SECTOR, (UdfWriter.MAIN + 2) * SECTOR);
        ByteBuffer.wrap(partition).order(ByteOrder.LITTLE_ENDIAN).putInt(12, elsewhere + 1);
        UdfBytes.mend(ByteBuffer.wrap(partition).order(ByteOrder.LITTLE_ENDIAN), 0);
        disc.sector(elsewhere + 1, partition);
        disc.sector(UdfWriter.RESERVE, new byte[SECTOR]);
        assertReads();
    }

    @Test
    void refusesPointersThatGoRoundInACircle() throws IOException {
        for (int first : new int[] {UdfWriter.MAIN, UdfWriter.RESERVE}) {
            disc.sector(
                    first,
                    descriptor(
                            3,
                            first,
                            new LittleEndian().u32(1).u32(SECTOR).u32(first).bytes()));
        }
        assertOpenRefused("more than 256 descriptors");
    }

    @Test
    void refusesASequenceWithoutAVolume() throws IOException {
        disc.sector(UdfWriter.MAIN, new byte[SECTOR]).sector(UdfWriter.RESERVE, new byte[SECTOR]);
        assertOpenRefused("without a logical volume");
    }

    @Test
    void refusesAVolumeOfAPartitionThatIsNotThere() throws IOException {
        byte[] map = new LittleEndian().u8(1).u8(6).u16(1).u16(7).bytes();
        assertOpenRefused(physical(FILE_SET, map), "of partition 7; expected one of [0]");
    }

    @Test
    void refusesNewerRevisionsAndOtherBlocks() throws IOException {
        volume(UdfWriter.logicalVolume(UdfWriter.MAIN, FILE_SET, 0x0300, UdfWriter.PHYSICAL_MAP));
        assertOpenRefused("has UDF of the revision 300 (in hundredths); at most 260");
        byte[] volume = UdfWriter.logicalVolume(UdfWriter.MAIN, FILE_SET, 0x0250, UdfWriter.PHYSICAL_MAP);
        volume[213] = 2;
        volume(volume);
        assertOpenRefused("UDF blocks of 512 bytes; only 2048");
    }

    @Test
    void refusesMapsThatAreNone() throws IOException {
        byte[] volume = UdfWriter.logicalVolume(UdfWriter.MAIN, FILE_SET, 0x0250, UdfWriter.PHYSICAL_MAP);
        volume[268] = 2;
        volume(volume);
        assertOpenRefused("2 UDF partition maps in 6 bytes");
        volume[265] = 9;
        volume(volume);
        assertOpenRefused("UDF partition maps of 2310 bytes; expected at most");
        assertOpenRefused(physical(FILE_SET, new byte[] {3, 2}), "a UDF partition map of the type 3 and 2 bytes");
        assertOpenRefused(physical(FILE_SET, UdfWriter.map("*Mine", 0, 0)), "has a UDF partition map '*Mine'");
    }

    @Test
    void refusesAPartitionThatReachesOverTheEnd() throws IOException {
        Path file = Discs.write(Arrays.copyOf(disc.bytes(), 400 * SECTOR), folder);
        assertRefused(file, () -> DiscImage.open(file), "cut short", "the last " + 157 * SECTOR + " are missing");
    }

    @Test
    void refusesAFileSetThatIsNone() throws IOException {
        disc.block(0, extendedEntry(0, DIRECTORY, 0, EMBEDDED, new byte[0]));
        assertOpenRefused("a UDF descriptor with the tag 266; expected 256");
        assertOpenRefused(physical(longDescriptor(0, 0, 0), UdfWriter.PHYSICAL_MAP), "of no bytes");
        assertOpenRefused(physical(longDescriptor(SECTOR, 5, 0), UdfWriter.PHYSICAL_MAP), "UDF partition 5");
    }

    @Test
    void readsAMetadataPartition() throws IOException {
        Path file = Discs.write(MetadataDisc.write().bytes(), folder);
        try (DiscImage image = DiscImage.open(file)) {
            assertEquals(
                    Set.of("embedded", "in-metadata", "sub/large"),
                    Shown.files(image).keySet());
            assertEquals("hello", text(image, "embedded"));
            DiscFile large = image.find("sub/large").orElseThrow();
            assertEquals(List.of(new DiscExtent((257L + 90) * SECTOR, 3 * SECTOR)), large.extents());
            // Its two blocks are neighbours in the partition, and not on the disc.
            assertEquals(
                    List.of(new DiscExtent((257L + 23) * SECTOR, SECTOR), new DiscExtent((257L + 50) * SECTOR, SECTOR)),
                    image.find("in-metadata").orElseThrow().extents());
        }
    }

    @Test
    void usesTheMirrorWhenTheMetadataFileIsDamaged() throws IOException {
        UdfWriter mirrored = MetadataDisc.write();
        mirrored.bytes()[(257 + MetadataDisc.MAIN) * SECTOR + 60]++;
        try (DiscImage image = DiscImage.open(Discs.write(mirrored.bytes(), folder))) {
            assertEquals("hello", text(image, "embedded"));
        }
    }

    @Test
    void refusesAMetadataPartitionWithoutItsFiles() throws IOException {
        UdfWriter broken = MetadataDisc.write();
        broken.block(MetadataDisc.MAIN, extendedEntry(MetadataDisc.MAIN, REGULAR, 0, 0, new byte[0]));
        broken.block(MetadataDisc.MIRROR, new byte[SECTOR]);
        assertOpenRefused(broken, "a UDF metadata file of the type 5; expected 250");
    }

    @Test
    void refusesAMetadataFileInTooManyPieces() throws IOException {
        UdfWriter broken = MetadataDisc.write();
        byte[][] pieces = new byte[200][];
        Arrays.fill(pieces, shortDescriptor(0, SECTOR, 20));
        byte[] again = shortDescriptor(3, SECTOR, 12);
        broken.block(12, UdfBytes.allocationExtent(12, concat(concat(pieces), again)));
        broken.block(MetadataDisc.MAIN, extendedEntry(MetadataDisc.MAIN, 250, 1L << 40, 0, again));
        broken.block(MetadataDisc.MIRROR, new byte[SECTOR]);
        assertOpenRefused(broken, "has a UDF metadata file in more than 65536 pieces");
    }

    @Test
    void refusesAPlaceThatTheMetadataFileHasNot() throws IOException {
        UdfWriter broken = MetadataDisc.write();
        byte[] hole = concat(shortDescriptor(2, 8 * SECTOR, 0), shortDescriptor(0, 4 * SECTOR, 50));
        broken.block(MetadataDisc.MAIN, extendedEntry(MetadataDisc.MAIN, 250, 12 * SECTOR, 0, hole));
        assertOpenRefused(broken, "a UDF metadata file which has no block 0");
    }

    private void volume(byte[] main) {
        disc.sector(UdfWriter.RESERVE, new byte[SECTOR]).sector(UdfWriter.MAIN, new byte[SECTOR]);
        UdfBytes.mend(ByteBuffer.wrap(main).order(ByteOrder.LITTLE_ENDIAN), 0);
        disc.sector(UdfWriter.MAIN, main);
    }

    private void assertReads() throws IOException {
        try (DiscImage image = DiscImage.open(Discs.write(disc.bytes(), folder))) {
            assertEquals("hello", text(image, "file"));
        }
    }

    private void assertOpenRefused(String... parts) throws IOException {
        assertOpenRefused(disc, parts);
    }

    private void assertOpenRefused(UdfWriter written, String... parts) throws IOException {
        Path file = Discs.write(written.bytes(), folder);
        assertRefused(file, () -> DiscImage.open(file), parts);
    }
}
