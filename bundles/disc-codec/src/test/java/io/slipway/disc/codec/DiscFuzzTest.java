package io.slipway.disc.codec;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs over the seeds of {@code DiscFuzzTestInputs/anyChanges} and what fuzzing ever found; with {@code JAZZER_FUZZ=1} it
 * searches for more. An input is not a disc, which has hundreds of sectors of which most are files, but changes of one of
 * the discs that real tools have made: a byte that says which, one that says whether UDF's sums are mended, and for each
 * change which of the used sectors (two bytes), where in it (two bytes), and the new byte.
 */
class DiscFuzzTest {

    private static final int CHANGE = 5;
    private static final List<MutableDisc> DISCS = new ArrayList<>();

    @TempDir
    private static Path folder;

    @BeforeAll
    static void unpack() throws IOException {
        DISCS.clear();
        for (String name : Discs.READABLE) {
            DISCS.add(new MutableDisc(Discs.unpack(name, folder)));
        }
        DISCS.add(new MutableDisc(Discs.write(MetadataDisc.write().bytes(), folder)));
    }

    @FuzzTest(maxDuration = "5m")
    void anyChanges(byte[] changes) throws IOException {
        if (changes.length < 2) {
            return;
        }
        ByteBuffer input = ByteBuffer.wrap(changes);
        MutableDisc disc = DISCS.get(Byte.toUnsignedInt(input.get()) % DISCS.size());
        boolean mend = input.get() % 2 == 0;
        Map<Integer, byte[]> changed = new TreeMap<>();
        while (input.remaining() >= CHANGE) {
            int sector = disc.used()
                    .get(Short.toUnsignedInt(input.getShort()) % disc.used().size());
            int at = Short.toUnsignedInt(input.getShort()) % DiscReading.SECTOR;
            changed.computeIfAbsent(sector, disc::sector)[at] = input.get();
        }
        for (Map.Entry<Integer, byte[]> sector : changed.entrySet()) {
            if (mend) {
                MutableDisc.mend(sector.getValue());
            }
            disc.put(sector.getKey(), sector.getValue());
        }
        try {
            AnyDisc.readsOrRefuses(disc.file());
        } finally {
            for (int sector : changed.keySet()) {
                disc.restore(sector);
            }
        }
    }
}
