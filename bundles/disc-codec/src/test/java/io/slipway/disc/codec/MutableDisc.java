package io.slipway.disc.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A disc some of whose bytes are changed, and restored. */
final class MutableDisc {

    private static final int SECTOR = DiscReading.SECTOR;

    private final Path file;
    private final byte[] bytes;
    private final List<Integer> used = new ArrayList<>();

    MutableDisc(Path file) throws IOException {
        this.file = file;
        this.bytes = Files.readAllBytes(file);
        for (int sector = 0; sector < bytes.length / SECTOR; sector++) {
            if (!Arrays.equals(sector(sector), new byte[SECTOR])) {
                used.add(sector);
            }
        }
    }

    Path file() {
        return file;
    }

    /** The sectors that are not all zeros. */
    List<Integer> used() {
        return used;
    }

    int sectors() {
        return bytes.length / SECTOR;
    }

    /** As it was. */
    byte[] sector(int sector) {
        return Arrays.copyOfRange(bytes, sector * SECTOR, (sector + 1) * SECTOR);
    }

    void restore(int sector) throws IOException {
        put(sector, sector(sector));
    }

    void put(int sector, byte[] changed) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(changed), (long) sector * SECTOR);
        }
    }

    /** Makes UDF's sums right again, without which nothing behind them would be looked at. */
    static void mend(byte[] sector) {
        ByteBuffer bytes = ByteBuffer.wrap(sector).order(ByteOrder.LITTLE_ENDIAN);
        int tag = Unsigned.u16(bytes, 0);
        if (tag == UdfTag.FILE_ENTRY || tag == UdfTag.EXTENDED_FILE_ENTRY) {
            int fixed = tag == UdfTag.FILE_ENTRY ? 176 : 216;
            long from = fixed + Unsigned.u32(bytes, fixed - 8);
            if (from < SECTOR) {
                mendIdentifiers(bytes, (int) from);
            }
        }
        if (tag == UdfTag.FILE_IDENTIFIER) {
            mendIdentifiers(bytes, 0);
        } else if ((tag > 0 && tag < 10) || (tag >= UdfTag.FILE_SET && tag <= UdfTag.EXTENDED_FILE_ENTRY)) {
            UdfBytes.mend(bytes, 0);
        }
    }

    private static void mendIdentifiers(ByteBuffer bytes, int from) {
        int at = from;
        while (at + 38 <= SECTOR && Unsigned.u16(bytes, at) == UdfTag.FILE_IDENTIFIER) {
            int length = 38 + Unsigned.u16(bytes, at + 36) + Unsigned.u8(bytes, at + 19);
            UdfBytes.mend(bytes, at);
            at += (length + 3) / 4 * 4;
        }
    }
}
