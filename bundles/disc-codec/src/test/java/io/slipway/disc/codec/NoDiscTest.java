package io.slipway.disc.codec;

import static io.slipway.disc.codec.Shown.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoDiscTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2048, 40_000, 1_000_000})
    void refusesWhatIsNoDiscImage(int size) throws IOException {
        Path file = Files.write(folder.resolve("kernel"), new byte[size]);
        assertRefused(file, () -> DiscImage.open(file), "is not a disc image", "sector 16");
    }

    @Test
    void refusesRawSectors() throws IOException {
        byte[] bytes = new byte[2352 * 40];
        for (int at = 0; at < bytes.length; at += 2352) {
            Arrays.fill(bytes, at + 1, at + 11, (byte) 0xFF);
        }
        Path file = Discs.write(bytes, folder);
        assertRefused(file, () -> DiscImage.open(file), "2352", "expected an image with sectors of 2048 bytes");
    }

    @Test
    void refusesWhatIsNotThere() {
        Path file = folder.resolve("nothing.iso");
        assertRefused(file, () -> DiscImage.open(file), "is not there");
    }

    @Test
    void refusesAFolder() {
        assertRefused(folder, () -> DiscImage.open(folder), "not a regular file");
    }

    @Test
    void refusesAUdfWithoutAnAnchor() throws IOException {
        byte[] bytes = new UdfWriter(10, UdfBytes.longDescriptor(2048, 0, 0), UdfWriter.PHYSICAL_MAP).bytes();
        Path file = Discs.write(Arrays.copyOf(bytes, 256 * 2048), folder);
        assertRefused(file, () -> DiscImage.open(file), "no anchor in sector 256", "cut short");
    }

    @Test
    void refusesABridgeWithoutAnAnchor() throws IOException {
        IsoWriter disc = new IsoWriter(300).directory(IsoWriter.ROOT);
        disc.sector(18, new LittleEndian().u8(0).put(IsoWriter.ascii("BEA01\1")).bytes());
        disc.sector(19, new LittleEndian().u8(0).put(IsoWriter.ascii("NSR02\1")).bytes());
        Path file = Discs.write(disc.bytes(), folder);
        assertRefused(file, () -> DiscImage.open(file), "no UDF anchor");
    }
}
