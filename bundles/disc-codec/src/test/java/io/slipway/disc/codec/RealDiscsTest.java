package io.slipway.disc.codec;

import static io.slipway.disc.codec.Shown.files;
import static io.slipway.disc.codec.Shown.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Discs that xorriso, genisoimage and mkudffs have made; what is in them is in {@code src/test/discs/make.sh}. */
class RealDiscsTest {

    private static final Instant MADE = Instant.parse("2021-03-04T05:06:07Z");
    private static final String LONG = "long-" + "0".repeat(244) + "7.txt";

    @TempDir
    private Path folder;

    @Test
    void readsTheTreeOfIso9660() throws IOException {
        try (DiscImage disc = open("plain")) {
            assertEquals("PLAIN", disc.label());
            assertEquals(paths(true, "BOOT/GRUB/GRUB.CFG", "BOOT/INITRD.IMG", "BOOT/VMLINUZ", "EMPTY"), shown(disc));
            assertEquals("this is the kernel\n", text(disc, "boot/vmlinuz"));
            assertEquals("BOOT/VMLINUZ", disc.find("Boot/vmLinuz").orElseThrow().path());
        }
    }

    @Test
    void readsJoliet() throws IOException {
        try (DiscImage disc = open("joliet")) {
            assertEquals("JOLIET", disc.label());
            assertEquals(
                    paths(false, "boot/grub/grub.cfg", "boot/initrd.img", "boot/vmlinuz", "empty", "Ünïcode-日本.txt"),
                    shown(disc));
            assertEquals("unicode\n", text(disc, "Ünïcode-日本.txt"));
            assertEquals("unicode\n", text(disc, "ÜNÏCODE-日本.TXT"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rock-ridge", "relocated", "relocated-xorriso"})
    void readsRockRidge(String name) throws IOException {
        try (DiscImage disc = open(name)) {
            Set<String> expected = paths(
                    false,
                    "boot/grub/grub.cfg",
                    "boot/initrd.img",
                    "boot/vmlinuz",
                    "case/Initrd",
                    "case/Kernel",
                    "case/kernel",
                    "d1/d2/d3/d4/d5/d6/d7/d8/d9/d10/file",
                    "empty",
                    "links/chain",
                    "links/long",
                    "links/relative",
                    "links/through-folder",
                    LONG,
                    "Ünïcode-日本.txt");
            if (!name.equals("relocated")) {
                expected.add("links/many-parts");
            }
            assertEquals(expected, shown(disc));
            assertEquals("deep\n", text(disc, "d1/d2/d3/d4/d5/d6/d7/d8/d9/d10/file"));
            assertEquals("long\n", text(disc, LONG));
            assertEquals("long\n", text(disc, "links/long"));
            assertEquals(MADE, disc.find("boot/vmlinuz").orElseThrow().modified());
        }
    }

    @Test
    void followsLinksThatStayOnTheDisc() throws IOException {
        try (DiscImage disc = open("rock-ridge")) {
            DiscFile kernel = disc.find("boot/vmlinuz").orElseThrow();
            for (String path : List.of(
                    "links/relative",
                    "links/chain",
                    "links/many-parts",
                    "links/folder/vmlinuz",
                    "debian/debian/links/folder/vmlinuz")) {
                DiscFile found = disc.find(path).orElseThrow();
                assertEquals(new DiscFile(path, kernel.size(), kernel.modified(), kernel.extents()), found);
            }
            for (String path : List.of(
                    "links/absolute",
                    "links/out",
                    "links/dangling",
                    "links/loop-a",
                    "links/folder",
                    "links/loop-a/x")) {
                assertEquals(Optional.empty(), disc.find(path), path);
            }
        }
    }

    @Test
    void findsInAnotherCaseWhatIsAlone() throws IOException {
        try (DiscImage disc = open("rock-ridge")) {
            assertEquals("upper\n", text(disc, "case/Kernel"));
            assertEquals("lower\n", text(disc, "case/kernel"));
            assertEquals(Optional.empty(), disc.find("case/KERNEL"));
            assertEquals("case/Initrd", disc.find("CASE/initrd").orElseThrow().path());
        }
    }

    @Test
    void findsNothingWhereThereIsNoRegularFile() throws IOException {
        try (DiscImage disc = open("rock-ridge")) {
            for (String path : List.of(
                    "",
                    "/",
                    "boot",
                    "boot/",
                    "/boot/vmlinuz",
                    "boot//vmlinuz",
                    "boot/./vmlinuz",
                    "boot/../empty",
                    "nothing",
                    "boot/vmlinuz/x",
                    "pipe",
                    "../boot/vmlinuz")) {
                assertEquals(Optional.empty(), disc.find(path), path);
            }
        }
    }

    @Test
    void refusesOnlyTheFileThatIsCompressed() throws IOException {
        Path file = Discs.unpack("zisofs", folder);
        try (DiscImage disc = DiscImage.open(file)) {
            Shown.assertRefused(file, () -> disc.find("big"), "'big'", "zisofs");
            Shown.assertRefused(file, () -> files(disc), "'big'", "zisofs");
            List<String> refused = new ArrayList<>();
            Set<String> shown = new TreeSet<>();
            disc.eachFile(new DiscImage.Visitor() {
                @Override
                public boolean visit(DiscFile found) {
                    return shown.add(found.path());
                }

                @Override
                public boolean refused(String path, IOException why) {
                    return refused.add(path);
                }
            });
            assertEquals(List.of("big"), refused);
            assertEquals(paths(false, "boot/grub/grub.cfg", "boot/initrd.img", "boot/vmlinuz", "empty"), shown);
        }
    }

    @Test
    void prefersUdfToJoliet() throws IOException {
        try (DiscImage disc = open("udf-bridge")) {
            assertEquals("UDF-BRIDGE", disc.label());
            assertEquals(
                    paths(
                            false,
                            "boot/grub/grub.cfg",
                            "boot/initrd.img",
                            "boot/vmlinuz",
                            "case/Initrd",
                            "case/Kernel",
                            "case/kernel",
                            "d1/d2/d3/d4/d5/d6/d7/d8/d9/d10/file",
                            "empty",
                            "Ünïcode-日本.txt"),
                    shown(disc));
            assertEquals("unicode\n", text(disc, "Ünïcode-日本.txt"));
            assertEquals("upper\n", text(disc, "case/Kernel"));
            assertEquals(MADE, disc.find("boot/vmlinuz").orElseThrow().modified());
        }
    }

    @Test
    void passesOverTheStubOfAWindowsDisc() throws IOException {
        try (DiscImage disc = open("windows")) {
            assertEquals(
                    paths(false, "boot/grub/grub.cfg", "boot/initrd.img", "boot/vmlinuz", "empty", "readme.txt"),
                    shown(disc));
            assertEquals("this is the kernel\n", text(disc, "BOOT/VMLINUZ"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"udf-1.02", "udf-2.01", "udf-listed"})
    void readsAnEmptyUdf(String name) throws IOException {
        try (DiscImage disc = open(name)) {
            assertEquals("Empty " + name, disc.label());
            assertEquals(Map.of(), files(disc));
            assertEquals(Optional.empty(), disc.find("file"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"udf-virtual", "udf-sparable"})
    void refusesDiscsThatAreWrittenInPackets(String name) throws IOException {
        Path file = Discs.unpack(name, folder);
        String kind = name.equals("udf-virtual") ? "'*UDF Virtual Partition'" : "'*UDF Sparable Partition'";
        Shown.assertRefused(file, () -> DiscImage.open(file), kind, "copy the disc's files");
    }

    @ParameterizedTest
    @ValueSource(strings = {"large", "large-udf"})
    void readsAFileOfMoreThanFourGigabytes(String name) throws IOException {
        long fourGigabytes = 1L << 32;
        Path file = Discs.unpack(name, folder);
        try (DiscImage disc = DiscImage.open(file)) {
            DiscFile large = disc.find("large.img").orElseThrow();
            assertEquals(fourGigabytes + 12345, large.size());
            assertEquals(1, large.extents().size(), "its sections are adjacent");
            try (InputStream bytes = disc.open(large)) {
                assertEquals("begin", new String(bytes.readNBytes(5), StandardCharsets.US_ASCII));
                assertEquals(fourGigabytes - 8, bytes.skip(fourGigabytes - 8));
                assertEquals("border", new String(bytes.readNBytes(6), StandardCharsets.US_ASCII));
                assertEquals(12339, bytes.skip(12339));
                assertEquals("end", new String(bytes.readNBytes(3), StandardCharsets.US_ASCII));
                assertEquals(-1, bytes.read());
            }
        }
    }

    @Test
    void showsTheExtentsOfEachFile() throws IOException {
        Path file = Discs.unpack("rock-ridge", folder);
        byte[] bytes = Files.readAllBytes(file);
        try (DiscImage disc = DiscImage.open(file)) {
            DiscFile initrd = disc.find("boot/initrd.img").orElseThrow();
            assertEquals(1, initrd.extents().size());
            for (int i = 0; i < 5000; i++) {
                assertEquals(
                        i % 251,
                        Byte.toUnsignedInt(bytes[(int) initrd.extents().get(0).offset() + i]));
            }
            assertEquals(List.of(), disc.find("empty").orElseThrow().extents());
            assertTrue(disc.size() <= bytes.length);
        }
    }

    @Test
    void aVisitorStopsTheWalk() throws IOException {
        try (DiscImage disc = open("rock-ridge")) {
            List<String> seen = new ArrayList<>();
            disc.eachFile(found -> {
                seen.add(found.path());
                return seen.size() < 3;
            });
            assertEquals(List.of("boot/grub/grub.cfg", "boot/initrd.img", "boot/vmlinuz"), seen);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "rock-ridge", "udf-bridge"})
    void saysHowManyBytesAreMissing(String name) throws IOException {
        Path file = Discs.unpack(name, folder);
        long size;
        try (DiscImage disc = DiscImage.open(file)) {
            size = disc.size();
        }
        Path cut = Files.write(folder.resolve("cut.iso"), Arrays.copyOf(Files.readAllBytes(file), (int) size - 5000));
        Shown.assertRefused(cut, () -> DiscImage.open(cut), "cut short", " 5000 are missing");
        assertFalse(size > Files.size(file));
    }

    private DiscImage open(String name) throws IOException {
        return DiscImage.open(Discs.unpack(name, folder));
    }

    private static Set<String> shown(DiscImage disc) throws IOException {
        return files(disc).keySet();
    }

    /** These, and the fifty of the folder that every disc has. */
    private static Set<String> paths(boolean upper, String... paths) {
        Set<String> all = new TreeSet<>(List.of(paths));
        IntStream.range(100, 150).forEach(i -> all.add(upper ? "MANY/F" + i + ".TXT" : "many/f" + i + ".txt"));
        return all;
    }
}
