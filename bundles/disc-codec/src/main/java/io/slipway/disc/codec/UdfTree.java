package io.slipway.disc.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/** The tree of a UDF file set (ECMA-167 part 4). A name's place is the partition and block of its file entry. */
final class UdfTree implements DiscTree {

    private static final int ROOT_AT = 400;
    /** What of a file identifier descriptor has the same length in all of them. */
    private static final int IDENTIFIER_HEADER = 38;

    private static final int DELETED = 0x04;
    private static final int PARENT = 0x08;
    /** A stream of metadata (OSTA UDF 2.00 section 2.3.4.2.1). */
    private static final int METADATA = 0x10;

    private static final int LONGEST_LINK = 4 * Limits.LINK_TARGET_BYTES;

    private final UdfVolume volume;
    private final FolderNode root;

    private UdfTree(UdfVolume volume, FolderNode root) {
        this.volume = volume;
        this.root = root;
    }

    static UdfTree of(DiscReading reading, UdfVolume volume) throws IOException {
        long fileSet = place(reading, volume.fileSet(), volume.fileSetAt());
        UdfPartition partition = volume.partitions().get(reading, partition(fileSet), volume.fileSetAt());
        long at = partition.offset(reading, block(fileSet));
        ByteBuffer bytes = reading.read(at, DiscReading.SECTOR, "a UDF file set");
        UdfTag.require(reading, bytes, at, block(fileSet), UdfTag.FILE_SET);
        long root = place(reading, Unsigned.slice(bytes, ROOT_AT, 16), at + ROOT_AT);
        if (node(reading, volume, root, at + ROOT_AT) instanceof FolderNode folder) {
            return new UdfTree(volume, folder);
        }
        throw reading.damaged(at + ROOT_AT, "a UDF root that is no directory; expected a file entry of the type 4");
    }

    /** Partition and block of a long allocation descriptor (ECMA-167 4/14.14.2) in one number. */
    private static long place(DiscReading reading, ByteBuffer longDescriptor, long at) throws IOException {
        if (longDescriptor.getInt(0) == 0) {
            throw reading.damaged(at, "a UDF allocation descriptor of no bytes; expected at least one block");
        }
        return ((long) Unsigned.u16(longDescriptor, 8) << 32) | Unsigned.u32(longDescriptor, 4);
    }

    private static int partition(long place) {
        return (int) (place >>> 32);
    }

    private static long block(long place) {
        return place & 0xFFFF_FFFFL;
    }

    @Override
    public String label() {
        return volume.label();
    }

    @Override
    public FolderNode root() {
        return root;
    }

    @Override
    public Directory list(DiscReading reading, FolderNode folder) throws IOException {
        Directory.Builder found = new Directory.Builder(reading);
        ExtentCursor cursor = new ExtentCursor(reading, folder.extents(), "a UDF directory");
        while (cursor.left() > 0) {
            long at = cursor.at();
            ByteBuffer identifier = identifier(cursor);
            UdfTag.checkSums(reading, identifier, at);
            if (UdfTag.identifier(identifier) != UdfTag.FILE_IDENTIFIER) {
                throw reading.damaged(
                        at,
                        "a UDF descriptor with the tag " + UdfTag.identifier(identifier) + "; expected "
                                + UdfTag.FILE_IDENTIFIER);
            }
            if ((Unsigned.u8(identifier, 18) & (DELETED | PARENT | METADATA)) == 0) {
                int nameAt = IDENTIFIER_HEADER + Unsigned.u16(identifier, 36);
                ByteBuffer name = identifier.slice(nameAt, Unsigned.u8(identifier, 19));
                found.add(UdfText.of(reading, name, at), place(reading, Unsigned.slice(identifier, 20, 16), at), at);
            }
        }
        return found.build();
    }

    /** A file identifier descriptor (ECMA-167 4/14.4), which may reach from one block, and extent, into the next. */
    private static ByteBuffer identifier(ExtentCursor cursor) throws IOException {
        ByteBuffer header = cursor.take(IDENTIFIER_HEADER);
        int length = IDENTIFIER_HEADER + Unsigned.u16(header, 36) + Unsigned.u8(header, 19);
        int padded = (length + 3) / 4 * 4;
        return ByteBuffer.allocate(padded)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(header)
                .put(cursor.take(padded - IDENTIFIER_HEADER))
                .flip();
    }

    @Override
    public DiscNode node(DiscReading reading, DiscName name) throws IOException {
        return node(reading, volume, name.at(), volume.fileSetAt());
    }

    /** @param at the offset of what refers to it, for messages */
    private static DiscNode node(DiscReading reading, UdfVolume volume, long place, long at) throws IOException {
        UdfPartition partition = volume.partitions().get(reading, partition(place), at);
        UdfEntry entry = UdfEntry.read(reading, volume.partitions(), partition, block(place));
        return switch (entry.type()) {
            case UdfEntry.DIRECTORY -> folder(reading, volume, entry, place);
            case UdfEntry.LINK -> link(reading, volume, entry);
            case UdfEntry.REGULAR, UdfEntry.UNSPECIFIED, UdfEntry.REAL_TIME -> regular(reading, volume, entry);
            default -> new OtherNode();
        };
    }

    private static FolderNode folder(DiscReading reading, UdfVolume volume, UdfEntry entry, long place)
            throws IOException {
        return new FolderNode(place, recorded(reading, volume, entry, "directory", Limits.DIRECTORY_BYTES));
    }

    private static LinkNode link(DiscReading reading, UdfVolume volume, UdfEntry entry) throws IOException {
        List<DiscExtent> extents = recorded(reading, volume, entry, "symbolic link", LONGEST_LINK);
        ByteBuffer bytes = new ExtentCursor(reading, extents, "a UDF symbolic link").take((int) entry.size());
        return new LinkNode(UdfLink.target(reading, bytes, entry.at()));
    }

    private static DiscNode regular(DiscReading reading, UdfVolume volume, UdfEntry entry) throws IOException {
        Optional<List<DiscExtent>> extents = extents(reading, volume, entry);
        return extents.isPresent()
                ? new RegularNode(entry.modified(), extents.get())
                : new UnreadableNode("is not recorded in whole: the disc leaves out blocks of zeros, which is not"
                        + " supported; copy the disc's files into a new disc image");
    }

    /** The extents of what is read here and now. */
    private static List<DiscExtent> recorded(
            DiscReading reading, UdfVolume volume, UdfEntry entry, String what, int most) throws IOException {
        if (entry.size() > most) {
            throw reading.damaged(
                    entry.at(), "a UDF " + what + " of " + entry.size() + " bytes; expected at most " + most);
        }
        return extents(reading, volume, entry)
                .orElseThrow(() -> reading.damaged(
                        entry.at(), "a UDF " + what + " that is not recorded in whole; expected all of its blocks"));
    }

    /** Where a file lies; empty when a part of it is not recorded. */
    private static Optional<List<DiscExtent>> extents(DiscReading reading, UdfVolume volume, UdfEntry entry)
            throws IOException {
        Extents found = new Extents(reading);
        if (entry.allocationKind() == UdfEntry.EMBEDDED) {
            found.add(
                    entry.allocationOffset(),
                    Math.min(entry.size(), entry.allocation().limit()),
                    "a file in a UDF file entry");
        } else if (entry.size() > 0) {
            boolean[] sparse = new boolean[1];
            UdfAllocation.each(reading, entry, volume.partitions(), extent -> {
                sparse[0] |= !extent.isRecorded();
                // What is allocated behind the end of the file is none of its bytes.
                long length = Math.min(extent.length(), entry.size() - found.size());
                if (!sparse[0]) {
                    extent.partition().locate(reading, extent.block(), length, found);
                }
                return !sparse[0] && found.size() < entry.size();
            });
            if (sparse[0]) {
                return Optional.empty();
            }
        }
        if (found.size() != entry.size()) {
            throw reading.damaged(
                    entry.at(),
                    "a UDF file of " + entry.size() + " bytes with extents of " + found.size() + "; expected as many");
        }
        return Optional.of(found.list());
    }
}
