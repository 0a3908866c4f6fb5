package io.slipway.disc.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** What Rock Ridge (RRIP 1.12, IEEE P1282) says of one directory record. */
final class RockRidge {

    private static final int ER = SystemUse.code("ER");
    private static final int RR = SystemUse.code("RR");
    private static final int NM = SystemUse.code("NM");
    private static final int PX = SystemUse.code("PX");
    private static final int TF = SystemUse.code("TF");
    private static final int SL = SystemUse.code("SL");
    private static final int CL = SystemUse.code("CL");
    private static final int RE = SystemUse.code("RE");
    private static final int ZF = SystemUse.code("ZF");
    private static final int SF = SystemUse.code("SF");

    private static final Set<String> EXTENSIONS = Set.of("RRIP_1991A", "IEEE_P1282", "IEEE_1282");

    /** A record of a CD-ROM XA disc begins with this many bytes of its own. */
    private static final int XA = 14;

    private static final int NAME_CONTINUES = 0x01;
    private static final int LONG_TIMES = 0x80;
    private static final int CREATION = 0x01;
    private static final int MODIFY = 0x02;

    private final DiscReading reading;
    private final ByteArrayOutputStream name = new ByteArrayOutputStream();
    private final RockRidgeLink link;
    private int mode;
    private boolean nameEnds;
    private boolean relocated;
    private boolean storedAsIs = true;
    private Optional<Instant> modified = Optional.empty();
    private OptionalLong child = OptionalLong.empty();

    private RockRidge(DiscReading reading) {
        this.reading = reading;
        this.link = new RockRidgeLink(reading);
    }

    static RockRidge of(DiscReading reading, IsoRecord record, int skip) throws IOException {
        RockRidge fields = new RockRidge(reading);
        SystemUse.each(reading, record, skip, fields::take);
        return fields;
    }

    /**
     * Whether a volume has Rock Ridge, which the root's record of itself says (SUSP 5.3 and 5.5).
     *
     * @return how many bytes of each record's system use field are to be skipped
     */
    static OptionalInt skip(DiscReading reading, IsoVolume volume) throws IOException {
        if (volume.root().size() == 0) {
            return OptionalInt.empty();
        }
        IsoRecord root = IsoTree.self(reading, volume.root().offset());
        for (int from : new int[] {0, XA}) {
            ByteBuffer field = root.systemUse();
            if (field.limit() >= from + 7 && isSharing(field, from)) {
                boolean[] found = new boolean[1];
                SystemUse.each(reading, root, from, (code, entry, at) -> found[0] |= isRockRidge(code, entry));
                return found[0] ? OptionalInt.of(Unsigned.u8(field, from + 6)) : OptionalInt.empty();
            }
        }
        return OptionalInt.empty();
    }

    private static boolean isSharing(ByteBuffer field, int at) {
        return Unsigned.ascii(field, at, 2).equals("SP")
                && Unsigned.u8(field, at + 4) == 0xBE
                && Unsigned.u8(field, at + 5) == 0xEF;
    }

    private static boolean isRockRidge(int code, ByteBuffer entry) {
        if (code == ER && entry.limit() >= 8) {
            int length = Math.min(Unsigned.u8(entry, 4), entry.limit() - 8);
            return EXTENSIONS.contains(Unsigned.ascii(entry, 8, length));
        }
        // Old writers leave out ER.
        return code == RR || code == PX;
    }

    private void take(int code, ByteBuffer entry, long at) throws IOException {
        if (code == NM) {
            takeName(entry, at);
        } else if (code == PX) {
            SystemUse.requireLength(reading, entry, 12, at);
            mode = entry.getInt(4);
        } else if (code == TF) {
            takeTimes(entry, at);
        } else if (code == SL) {
            link.take(entry, at);
        } else if (code == CL) {
            SystemUse.requireLength(reading, entry, 12, at);
            child = OptionalLong.of(DiscReading.offset(Unsigned.u32(entry, 4)));
        } else if (code == RE) {
            relocated = true;
        } else if (code == ZF || code == SF) {
            storedAsIs = false;
        }
    }

    /** RRIP 4.1.4. */
    private void takeName(ByteBuffer entry, long at) throws IOException {
        SystemUse.requireLength(reading, entry, 5, at);
        if (nameEnds) {
            throw reading.damaged(at, "a second name; expected one, unless the first says that it goes on");
        }
        nameEnds = (entry.get(4) & NAME_CONTINUES) == 0;
        if (name.size() + entry.limit() - 5 > Limits.NAME_BYTES) {
            throw reading.damaged(at, "a name of more than " + Limits.NAME_BYTES + " bytes");
        }
        for (int i = 5; i < entry.limit(); i++) {
            name.write(entry.get(i));
        }
    }

    /** RRIP 4.1.6: the times that the flags name, in the order of their bits. */
    private void takeTimes(ByteBuffer entry, long at) throws IOException {
        SystemUse.requireLength(reading, entry, 5, at);
        int flags = entry.get(4);
        if ((flags & MODIFY) == 0) {
            return;
        }
        boolean isLong = (flags & LONG_TIMES) != 0;
        int length = isLong ? 17 : 7;
        int from = 5 + ((flags & CREATION) == 0 ? 0 : length);
        SystemUse.requireLength(reading, entry, from + length, at);
        modified = Optional.of(isLong ? IsoTime.ofSeventeen(entry, from) : IsoTime.ofSeven(entry, from));
    }

    /** Empty when the record has none: then its own identifier counts. */
    Optional<String> name() {
        return name.size() == 0 ? Optional.empty() : Optional.of(RockRidgeText.of(name));
    }

    /** The type of the file, as {@code st_mode} has it; zero when it is not said. */
    int type() {
        return mode & 0xF000;
    }

    Optional<Instant> modified() {
        return modified;
    }

    /** The target of a symbolic link. */
    Optional<String> target() {
        return link.target();
    }

    /** Where the directory lies that this record stands for (RRIP 4.1.5.1). */
    OptionalLong child() {
        return child;
    }

    /** Whether this is a directory that another place of the tree has (RRIP 4.1.5.3). */
    boolean isRelocated() {
        return relocated;
    }

    /** Whether the file's bytes lie on the disc as they are: not compressed by zisofs (ZF), not sparse (RRIP 4.1.7). */
    boolean isStoredAsIs() {
        return storedAsIs;
    }
}
