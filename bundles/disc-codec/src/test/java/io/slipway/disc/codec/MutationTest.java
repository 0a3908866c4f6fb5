package io.slipway.disc.codec;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every disc, cut at every sector and changed in every sector. */
class MutationTest {

    private static final long SEED = 20261130;
    private static final int ROUNDS = 6;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "joliet",
                "rock-ridge",
                "relocated",
                "relocated-xorriso",
                "zisofs",
                "udf-bridge",
                "windows",
                "udf-2.01",
                "metadata"
            })
    void changedDiscsAreReadOrRefused(String name) throws IOException {
        MutableDisc disc = new MutableDisc(unpack(name));
        Random random = new Random(SEED);
        Set<Integer> contents = contents(disc.file());
        int runs = 0;
        int read = 0;
        for (int sector : disc.used()) {
            if (contents.contains(sector)) {
                continue;
            }
            for (int round = 0; round < ROUNDS; round++) {
                byte[] changed = disc.sector(sector);
                for (int n = 1 + random.nextInt(4); n > 0; n--) {
                    // Half of a sector's descriptor is in its first bytes.
                    int within = random.nextBoolean() ? 300 : changed.length;
                    changed[random.nextInt(within)] = (byte) random.nextInt();
                }
                if (random.nextInt(4) > 0) {
                    MutableDisc.mend(changed);
                }
                disc.put(sector, changed);
                runs++;
                read += AnyDisc.readsOrRefuses(disc.file()) ? 1 : 0;
            }
            disc.restore(sector);
        }
        assertTrue(AnyDisc.readsOrRefuses(disc.file()), "it is whole again");
        assertTrue(read > runs / 20 && read < runs, read + " of " + runs + " were read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"plain", "joliet", "rock-ridge", "relocated", "udf-bridge", "windows", "udf-1.02", "metadata"})
    void cutDiscsAreRefused(String name) throws IOException {
        MutableDisc disc = new MutableDisc(unpack(name));
        long size;
        try (DiscImage image = DiscImage.open(disc.file())) {
            size = image.size();
        }
        try (FileChannel channel = FileChannel.open(disc.file(), StandardOpenOption.WRITE)) {
            for (int sectors = disc.sectors() - 1; sectors >= 0; sectors--) {
                channel.truncate((long) sectors * DiscReading.SECTOR + sectors % 2);
                boolean read = AnyDisc.readsOrRefuses(disc.file());
                assertFalse(read && channel.size() < size, name + " of " + channel.size() + " bytes");
            }
        }
        assertThrows(IOException.class, () -> DiscImage.open(disc.file()));
    }

    /** The sectors that have nothing but the bytes of a file, which may be any. */
    private static Set<Integer> contents(Path file) throws IOException {
        Set<Integer> sectors = new HashSet<>();
        try (DiscImage disc = DiscImage.open(file)) {
            disc.eachFile(new DiscImage.Visitor() {
                @Override
                public boolean visit(DiscFile found) {
                    for (DiscExtent extent : found.extents()) {
                        for (long at = extent.offset();
                                at < extent.end() && at % DiscReading.SECTOR == 0;
                                at += DiscReading.SECTOR) {
                            sectors.add((int) (at / DiscReading.SECTOR));
                        }
                    }
                    return true;
                }

                @Override
                public boolean refused(String path, IOException why) {
                    return true;
                }
            });
        }
        return sectors;
    }

    private Path unpack(String name) throws IOException {
        return name.equals("metadata") ? Discs.write(MetadataDisc.write().bytes(), folder) : Discs.unpack(name, folder);
    }
}
