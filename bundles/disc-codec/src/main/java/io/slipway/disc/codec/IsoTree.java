package io.slipway.disc.codec;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** A tree of ISO 9660: the plain one, that one with Rock Ridge, or Joliet's. */
final class IsoTree implements DiscTree {

    /** In bytes, of what is read of a directory at a time. */
    private static final int CHUNK = 16 * DiscReading.SECTOR;

    private static final int REGULAR = 0x8000;
    private static final int DIRECTORY = 0x4000;
    private static final int LINK = 0xA000;

    private final IsoVolume volume;
    private final FolderNode root;
    private final IsoNames names;
    private final OptionalInt skip;

    private IsoTree(IsoVolume volume, FolderNode root, IsoNames names, OptionalInt skip) {
        this.volume = volume;
        this.root = root;
        this.names = names;
        this.skip = skip;
    }

    /** @param skip present when the tree has Rock Ridge, as of {@link RockRidge#skip} */
    static IsoTree of(DiscReading reading, IsoVolume volume, IsoNames names, OptionalInt skip) throws IOException {
        return new IsoTree(volume, folder(reading, volume.root()), names, skip);
    }

    /** The record of itself that is the first one of a directory (ECMA-119 section 6.8.2.2). */
    static IsoRecord self(DiscReading reading, long directoryAt) throws IOException {
        Optional<IsoRecord> first =
                new IsoRecords(reading, directoryAt, directoryAt + DiscReading.SECTOR, DiscReading.SECTOR).next();
        return first.filter(record -> record.isSelf() && record.isDirectory())
                .orElseThrow(() -> reading.damaged(
                        directoryAt, "a directory does not begin with a record of itself; expected the name 00"));
    }

    @Override
    public String label() {
        return volume.label();
    }

    @Override
    public FolderNode root() {
        return root;
    }

    private static FolderNode folder(DiscReading reading, IsoRecord record) throws IOException {
        if (record.size() > Limits.DIRECTORY_BYTES) {
            throw reading.damaged(
                    record.at(),
                    "a directory of " + record.size() + " bytes; expected at most " + Limits.DIRECTORY_BYTES);
        }
        Extents extents = new Extents(reading);
        extents.add(record.offset(), record.size(), "a directory");
        return new FolderNode(record.offset(), extents.list());
    }

    @Override
    public Directory list(DiscReading reading, FolderNode folder) throws IOException {
        Directory.Builder found = new Directory.Builder(reading);
        for (DiscExtent extent : folder.extents()) {
            IsoRecords records = new IsoRecords(reading, extent.offset(), extent.end(), CHUNK);
            Optional<IsoRecord> next = records.next();
            boolean continued = false;
            while (next.isPresent()) {
                IsoRecord record = next.get();
                if (!continued && !record.isSelf() && !record.isParent() && !record.isAssociated()) {
                    add(reading, record, found);
                }
                continued = record.continues();
                next = records.next();
            }
            if (continued) {
                throw reading.damaged(extent.end(), "a directory ends before the last section of a file");
            }
        }
        return found.build();
    }

    private void add(DiscReading reading, IsoRecord record, Directory.Builder found) throws IOException {
        String name = names.name(record.identifier());
        if (skip.isPresent()) {
            RockRidge fields = RockRidge.of(reading, record, skip.getAsInt());
            if (fields.isRelocated()) {
                return;
            }
            name = fields.name().orElse(name);
        }
        found.add(name, record.at(), record.at());
    }

    @Override
    public DiscNode node(DiscReading reading, DiscName name) throws IOException {
        // Where the directory ends is not known here; that it has the last section of the file, list() has seen.
        IsoRecords records = new IsoRecords(reading, name.at(), reading.size(), DiscReading.SECTOR);
        IsoRecord record = next(reading, records, name.at());
        if (skip.isEmpty()) {
            return record.isDirectory()
                    ? folder(reading, record)
                    : regular(reading, record, records, record.modified());
        }
        RockRidge fields = RockRidge.of(reading, record, skip.getAsInt());
        if (fields.child().isPresent()) {
            return folder(reading, self(reading, fields.child().getAsLong()));
        }
        if (record.isDirectory()) {
            return folder(reading, record);
        }
        return switch (fields.type()) {
            case 0, REGULAR ->
                fields.isStoredAsIs()
                        ? regular(reading, record, records, fields.modified().orElseGet(record::modified))
                        : new UnreadableNode(
                                "is compressed by zisofs or is sparse, which is not supported; make the disc image without");
            case LINK ->
                new LinkNode(fields.target()
                        .orElseThrow(
                                () -> reading.damaged(record.at(), "a symbolic link without a target; expected SL")));
            case DIRECTORY ->
                throw reading.damaged(
                        record.at(), "a directory by its mode and a file by its flags; expected the same of both");
            default -> new OtherNode();
        };
    }

    /** Puts together a file of one section or, for more than 4 GB, of several. */
    private DiscNode regular(DiscReading reading, IsoRecord first, IsoRecords records, Instant modified)
            throws IOException {
        Extents extents = new Extents(reading);
        IsoRecord section = first;
        while (true) {
            if (section.isInterleaved()) {
                return new UnreadableNode("is interleaved (ECMA-119 section 6.4.3), which is not supported; copy the"
                        + " disc's files into a new disc image");
            }
            if (volume.setSize() > 1 && section.volume() != volume.number()) {
                return new UnreadableNode("lies on disc " + section.volume() + " of a set of " + volume.setSize()
                        + ", and this is disc " + volume.number());
            }
            extents.add(section.offset(), section.size(), "a file");
            if (!section.continues()) {
                return new RegularNode(modified, extents.list());
            }
            section = next(reading, records, section.at());
            if (!section.identifier().equals(first.identifier())) {
                throw reading.damaged(section.at(), "another file; expected the next section of the one before");
            }
        }
    }

    private static IsoRecord next(DiscReading reading, IsoRecords records, long at) throws IOException {
        return records.next()
                .orElseThrow(() -> reading.damaged(at, "no directory record at or behind this place; expected one"));
    }
}
