package io.slipway.disc.codec;

import static io.slipway.disc.codec.IsoWriter.ascii;
import static io.slipway.disc.codec.IsoWriter.concat;
import static io.slipway.disc.codec.Shown.assertRefused;
import static io.slipway.disc.codec.Shown.text;
import static io.slipway.disc.codec.UdfBytes.allocationExtent;
import static io.slipway.disc.codec.UdfBytes.entry;
import static io.slipway.disc.codec.UdfBytes.extendedEntry;
import static io.slipway.disc.codec.UdfBytes.identifier;
import static io.slipway.disc.codec.UdfBytes.indirect;
import static io.slipway.disc.codec.UdfBytes.longDescriptor;
import static io.slipway.disc.codec.UdfBytes.shortDescriptor;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees of UDF that no free tool writes. Block 0 has the file set, block 1 the root. */
class UdfByHandTest {

    private static final int SHORT = 0;
    private static final int LONG = 1;
    private static final int EMBEDDED = 3;
    private static final int DIRECTORY = 4;
    private static final int REGULAR = 5;
    private static final int LINK = 12;

    @TempDir
    private Path folder;

    private final UdfWriter disc = new UdfWriter(60, longDescriptor(2048, 0, 0), UdfWriter.PHYSICAL_MAP)
            .block(0, UdfBytes.fileSet(0, longDescriptor(2048, 0, 1)));

    @Test
    void readsFilesHoweverTheirExtentsAreSaid() throws IOException {
        root(
                identifier("embedded", 0, 0, 2),
                identifier("short", 0, 0, 3),
                identifier("long", 0, 0, 4),
                identifier("none", 0, 0, 5));
        disc.block(2, extendedEntry(2, REGULAR, 5, EMBEDDED, ascii("hello")));
        disc.block(
                3,
                entry(3, 4, REGULAR, 2051, SHORT, concat(shortDescriptor(0, 2048, 20), shortDescriptor(0, 2048, 30))));
        disc.block(4, entry(4, 4, 249, 4096, LONG, concat(longDescriptor(2048, 0, 40), longDescriptor(2048, 0, 41))));
        disc.block(5, entry(5, 4, 0, 0, SHORT, new byte[0]));
        disc.block(30, ascii("end"));
        try (DiscImage image = DiscImage.open(write())) {
            assertEquals("By hand", image.label());
            assertEquals((257 + 60) * 2048, image.size());
            Map<String, DiscFile> files = Shown.files(image);
            assertEquals("hello", text(image, files.get("embedded")));
            assertEquals(List.of(at(20, 2048), at(30, 3)), files.get("short").extents());
            assertEquals("end", text(image, files.get("short")).substring(2048));
            assertEquals(List.of(at(40, 4096)), files.get("long").extents());
            assertEquals(List.of(), files.get("none").extents());
            assertEquals(
                    Instant.parse("2021-03-04T03:06:07Z"), files.get("short").modified());
            assertEquals(
                    Instant.parse("2021-03-04T03:06:07Z"), files.get("embedded").modified());
        }
    }

    @Test
    void readsExtentsThatGoOnElsewhere() throws IOException {
        root(identifier("file", 0, 0, 2));
        disc.block(
                2,
                entry(2, 4, REGULAR, 6144, SHORT, concat(shortDescriptor(0, 2048, 20), shortDescriptor(3, 2048, 10))));
        disc.block(10, allocationExtent(10, concat(shortDescriptor(0, 2048, 22), shortDescriptor(3, 2048, 11))));
        disc.block(11, allocationExtent(11, concat(shortDescriptor(0, 2048, 24), shortDescriptor(1, 2048, 26))));
        assertEquals(
                List.of(at(20, 2048), at(22, 2048), at(24, 2048)),
                Shown.files(write()).get("file").extents());
    }

    @Test
    void refusesExtentsThatGoRoundInACircle() throws IOException {
        root(identifier("file", 0, 0, 2));
        disc.block(2, entry(2, 4, REGULAR, 6144, SHORT, shortDescriptor(3, 2048, 10)));
        disc.block(10, allocationExtent(10, shortDescriptor(3, 2048, 10)));
        assertWalkRefused("more than 1024 allocation extents");
    }

    @Test
    void refusesAFileInTooManyPieces() throws IOException {
        byte[][] pieces = new byte[200][];
        Arrays.fill(pieces, shortDescriptor(0, 2048, 20));
        root(identifier("file", 0, 0, 2));
        disc.block(2, entry(2, 4, REGULAR, 1L << 40, SHORT, shortDescriptor(3, 2048, 10)));
        disc.block(10, allocationExtent(10, concat(concat(pieces), shortDescriptor(3, 2048, 10))));
        assertWalkRefused("is in more than 65536 pieces");
    }

    @Test
    void refusesAnAllocationExtentThatIsTooLong() throws IOException {
        root(identifier("file", 0, 0, 2));
        disc.block(2, entry(2, 4, REGULAR, 6144, SHORT, shortDescriptor(3, 2048, 10)));
        disc.block(
                10,
                UdfBytes.descriptor(258, 10, new LittleEndian().u32(0).u32(2025).bytes()));
        assertWalkRefused("a UDF allocation extent of 2025 bytes; expected at most 2024");
    }

    @Test
    void refusesAFileThatIsNotRecordedInWhole() throws IOException {
        root(identifier("sparse", 0, 0, 2), identifier("whole", 0, 0, 3));
        disc.block(
                2,
                entry(2, 4, REGULAR, 4096, SHORT, concat(shortDescriptor(0, 2048, 20), shortDescriptor(2, 2048, 0))));
        disc.block(3, extendedEntry(3, REGULAR, 1, EMBEDDED, ascii("x")));
        Path file = write();
        try (DiscImage image = DiscImage.open(file)) {
            assertRefused(file, () -> image.find("sparse"), "'sparse' is not recorded in whole");
            assertEquals("x", text(image, "whole"));
        }
    }

    @Test
    void refusesAFileWithTooFewExtents() throws IOException {
        root(identifier("file", 0, 0, 2));
        disc.block(2, entry(2, 4, REGULAR, 4096, SHORT, shortDescriptor(0, 2048, 20)));
        assertWalkRefused("a UDF file of 4096 bytes with extents of 2048");
        disc.block(2, extendedEntry(2, REGULAR, 4096, EMBEDDED, ascii("x")));
        assertWalkRefused("a UDF file of 4096 bytes with extents of 1");
    }

    @Test
    void refusesExtentsOutsideOfThePartition() throws IOException {
        root(identifier("file", 0, 0, 2));
        disc.block(2, entry(2, 4, REGULAR, 4096, SHORT, shortDescriptor(0, 4096, 59)));
        assertWalkRefused("a UDF partition of 60 blocks, of which 4096 bytes from block 59");
        disc.block(2, entry(2, 4, REGULAR, 4096, LONG, longDescriptor(4096, 1, 1)));
        assertWalkRefused("a place in UDF partition 1; expected one below 1");
    }

    @Test
    void refusesExtentsOfAnUnknownKind() throws IOException {
        root(identifier("file", 0, 0, 2));
        disc.block(2, entry(2, 4, REGULAR, 4096, 2, new byte[20]));
        assertWalkRefused("allocation descriptors of kind 2");
    }

    @Test
    void readsADirectoryThatLiesInPieces() throws IOException {
        byte[][] names = new byte[60][];
        for (int i = 0; i < names.length; i++) {
            names[i] = identifier("a-file-of-number-" + i, 0, 0, 2);
        }
        byte[] all = concat(concat(identifier("", 0x0A, 0, 1)), concat(names));
        disc.block(
                1,
                entry(
                        1,
                        4,
                        DIRECTORY,
                        all.length,
                        SHORT,
                        concat(shortDescriptor(0, 2048, 20), shortDescriptor(0, all.length - 2048, 30))));
        disc.block(20, Arrays.copyOf(all, 2048));
        disc.block(30, Arrays.copyOfRange(all, 2048, all.length));
        disc.block(2, extendedEntry(2, REGULAR, 1, EMBEDDED, ascii("x")));
        Map<String, DiscFile> files = Shown.files(write());
        assertEquals(60, files.size());
        assertEquals(1, files.get("a-file-of-number-59").size());
    }

    @Test
    void showsNoDeletedNamesAndNoStreams() throws IOException {
        root(
                identifier("file", 1, 0, 2),
                identifier("deleted", 4, 0, 2),
                identifier("stream", 0x10, 0, 2),
                identifier("日本", 0, 0, 2),
                identifier("x".repeat(254), 0, 0, 2));
        disc.block(2, extendedEntry(2, REGULAR, 1, EMBEDDED, ascii("x")));
        assertEquals(Set.of("file", "日本", "x".repeat(254)), Shown.files(write()).keySet());
    }

    @Test
    void followsSymbolicLinks() throws IOException {
        byte[] here = {4, 0, 0, 0};
        byte[] up = {3, 0, 0, 0};
        byte[] target = {5, 5, 0, 0, 8, 'f', 'i', 'l', 'e'};
        byte[] root = {2, 0, 0, 0};
        root(
                identifier("file", 0, 0, 2),
                identifier("sub", 2, 0, 3),
                identifier("to-file", 0, 0, 4),
                identifier("absolute", 0, 0, 5),
                identifier("out", 0, 0, 7),
                identifier("device", 0, 0, 8));
        disc.block(2, extendedEntry(2, REGULAR, 1, EMBEDDED, ascii("x")));
        byte[] names = concat(identifier("", 0x0A, 0, 1), identifier("link", 0, 0, 6));
        disc.block(3, extendedEntry(3, DIRECTORY, names.length, EMBEDDED, names));
        link(4, concat(here, target));
        link(5, concat(root, target));
        link(6, concat(up, target));
        link(7, concat(up, target));
        disc.block(8, extendedEntry(8, 7, 0, EMBEDDED, new byte[0]));
        assertEquals(Set.of("file", "sub/link", "to-file"), Shown.files(write()).keySet());
    }

    @Test
    void refusesLinksThatAreNone() throws IOException {
        root(identifier("link", 0, 0, 2));
        link(2, new byte[] {9, 0, 0, 0});
        assertWalkRefused("a part of a symbolic link of the type 9");
        link(2, new byte[] {5, 5, 0, 0, 8});
        assertWalkRefused("a part of a symbolic link that reaches over");
        link(2, new byte[] {5, 3, 0});
        assertWalkRefused("a part of a symbolic link that reaches over");
        link(2, new byte[] {5, 2, 0, 0, 7, 7});
        assertWalkRefused("with the compression 7");
        disc.block(2, entry(2, 4, LINK, 16385, SHORT, shortDescriptor(0, 16385, 20)));
        assertWalkRefused("a UDF symbolic link of 16385 bytes; expected at most 16384");
        disc.block(2, entry(2, 4, LINK, 20, SHORT, shortDescriptor(1, 20, 20)));
        assertWalkRefused("a UDF symbolic link that is not recorded in whole");
    }

    @Test
    void readsTheNewestOfAListOfEntries() throws IOException {
        root(identifier("file", 0, 0, 10));
        disc.block(10, entry(10, 4096, REGULAR, 3, EMBEDDED, ascii("old")));
        disc.block(11, indirect(11, longDescriptor(2048, 0, 20)));
        disc.block(20, entry(20, 4096, REGULAR, 3, EMBEDDED, ascii("new")));
        try (DiscImage image = DiscImage.open(write())) {
            assertEquals("new", text(image, "file"));
        }
    }

    @Test
    void refusesAListOfEntriesThatGoesRoundInACircle() throws IOException {
        root(identifier("file", 0, 0, 10));
        disc.block(10, entry(10, 4096, REGULAR, 3, EMBEDDED, ascii("old")));
        disc.block(11, indirect(11, longDescriptor(2048, 0, 10)));
        assertWalkRefused("more than 32 UDF indirect entries");
    }

    @Test
    void refusesEntriesThatAreNone() throws IOException {
        root(identifier("file", 0, 0, 10));
        disc.block(10, indirect(10, longDescriptor(2048, 0, 20)));
        assertWalkRefused("a UDF descriptor with the tag 259; expected a file entry");
        byte[] entry = extendedEntry(10, REGULAR, 1, EMBEDDED, ascii("x"));
        disc.block(10, extendedEntry(11, REGULAR, 1, EMBEDDED, ascii("x")));
        assertWalkRefused("a UDF descriptor of block 11; expected that of block 10");
        entry[100]++;
        disc.block(10, entry);
        assertWalkRefused("with the CRC");
        entry[4]++;
        disc.block(10, entry);
        assertWalkRefused("a UDF tag with the checksum");
        disc.block(10, extendedEntry(10, REGULAR, -1, EMBEDDED, ascii("x")));
        assertWalkRefused("of a file of 18446744073709551615");
        ByteBuffer tooLong = ByteBuffer.wrap(extendedEntry(10, REGULAR, 1, EMBEDDED, ascii("x")))
                .order(ByteOrder.LITTLE_ENDIAN);
        tooLong.putInt(212, 1830);
        UdfBytes.mend(tooLong, 0);
        disc.block(10, tooLong.array());
        assertWalkRefused("a UDF file entry of 2054 bytes");
    }

    @Test
    void refusesDirectoriesThatAreNone() throws IOException {
        root(UdfBytes.descriptor(UdfTag.FILE_SET, 0, new byte[24]));
        assertWalkRefused("a UDF descriptor with the tag 256; expected 257");
        root(new byte[10]);
        assertWalkRefused("a UDF directory ends here with 10 bytes; expected 38 more");
        disc.block(1, entry(1, 4, DIRECTORY, 1L << 40, SHORT, shortDescriptor(0, 2048, 20)));
        assertOpenRefused("a UDF directory of 1099511627776 bytes; expected at most 33554432");
        disc.block(1, extendedEntry(1, REGULAR, 0, EMBEDDED, new byte[0]));
        assertOpenRefused("a UDF root that is no directory");
    }

    @Test
    void refusesADirectoryThatHoldsItself() throws IOException {
        root(identifier("sub", 2, 0, 1));
        assertWalkRefused("a folder that holds itself: 'sub/'");
    }

    @Test
    void refusesANameWithoutAPlace() throws IOException {
        byte[] name = identifier("file", 0, 0, 2);
        name[20] = 0;
        name[21] = 0;
        UdfBytes.mend(ByteBuffer.wrap(name).order(ByteOrder.LITTLE_ENDIAN), 0);
        root(name);
        assertWalkRefused("a UDF allocation descriptor of no bytes");
    }

    private void root(byte[]... identifiers) {
        byte[] names = concat(identifier("", 0x0A, 0, 1), concat(identifiers));
        disc.block(1, extendedEntry(1, DIRECTORY, names.length, EMBEDDED, names));
    }

    private void link(int block, byte[] target) {
        disc.block(block, extendedEntry(block, LINK, target.length, EMBEDDED, target));
    }

    private static DiscExtent at(int block, long length) {
        return new DiscExtent((UdfWriter.PARTITION + block) * 2048L, length);
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
