package io.slipway.image.store.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads a tar archive from its begin to its end: ustar and pax (POSIX.1-2017, pax), and what GNU tar writes. No more of it
 * is in memory than a block and an extended header.
 */
final class TarReader {

    /** In bytes. An extended header that is longer says nothing of a boot file. */
    static final int LARGEST_EXTENSION = 1024 * 1024;

    /** How many extensions may stand before one entry; programs write at most four. */
    private static final int MOST_EXTENSIONS = 16;

    private final String archive;
    private final TarStream stream;
    private final PaxRecords global = new PaxRecords();
    private boolean begun;
    private long rest;
    private int filling;

    /** @param in is read as far as the archive goes, and not closed */
    TarReader(String archive, InputStream in) {
        this.archive = archive;
        this.stream = new TarStream(archive, in);
    }

    /**
     * Skips what was not read of the last entry's content and goes on to the next.
     *
     * @return empty at the archive's end
     * @throws IOException names the archive, the place and the cure
     */
    Optional<TarEntry> next() throws IOException {
        skipContent();
        TarExtensions extensions = new TarExtensions(global);
        for (int before = 0; before <= MOST_EXTENSIONS; before++) {
            Optional<TarHeader> header = header(before);
            if (header.isEmpty()) {
                return Optional.empty();
            }
            if (!TarExtensions.isExtension(header.get().type())) {
                return Optional.of(entry(header.get(), extensions));
            }
            readExtension(header.get(), extensions);
        }
        throw stream.broken("more than " + MOST_EXTENSIONS + " extended headers stand before one entry");
    }

    /** The content of the last entry. Nobody needs to close it, or to read it to its end. */
    InputStream content() {
        return new Content();
    }

    /** Reads on to the end of the stream, so that a compressed archive that is cut short is seen to be. */
    void drain() throws IOException {
        stream.at("after its last entry");
        stream.drain();
    }

    /** Two blocks of zeros are the end (POSIX.1-2017, pax, "ustar Interchange Format"). */
    private Optional<TarHeader> header(int before) throws IOException {
        Optional<byte[]> block = stream.block();
        if (block.isEmpty()) {
            throw stream.broken("it ends without an end mark, so it was cut short or never finished");
        }
        if (TarHeader.isZero(block.get())) {
            if (before > 0) {
                throw stream.broken("an extended header stands before no entry");
            }
            if (!stream.block().map(TarHeader::isZero).orElse(true)) {
                throw stream.broken("one block of zeros, where an archive ends after two");
            }
            return Optional.empty();
        }
        TarHeader header = new TarHeader(block.get());
        if (!header.isChecked()) {
            throw begun
                    ? stream.broken("the checksum of a header is wrong")
                    : new IOException(archive + " is no tar archive; give one whose files tar -tf lists");
        }
        begun = true;
        return Optional.of(header);
    }

    private void readExtension(TarHeader header, TarExtensions extensions) throws IOException {
        try {
            long size = header.size();
            if (size < 0 || size > LARGEST_EXTENSION) {
                throw new TarFault("an extended header of " + size + " bytes, of which at most " + LARGEST_EXTENSION
                        + " are read");
            }
            byte[] content = stream.bytes((int) size);
            stream.skip(filling(size));
            extensions.add(header.type(), content);
        } catch (TarFault e) {
            throw stream.broken(e.getMessage());
        }
    }

    private TarEntry entry(TarHeader header, TarExtensions extensions) throws IOException {
        String name = TarPaths.decoded(archive, extensions.name(header));
        stream.at("at '" + Names.shown(name) + "'");
        String path = TarPaths.normalised(archive, name);
        TarEntry.Kind kind = kind(header.type(), name, extensions.isSparse());
        String target = isLink(kind) ? TarPaths.decoded(archive, extensions.linkName(header)) : "";
        try {
            long size = extensions.size(header);
            if (size < 0 || size > Long.MAX_VALUE - TarHeader.BLOCK) {
                throw new TarFault("its size is " + size + " bytes");
            }
            // The size of a link or a folder says nothing of this archive: no content follows (GNU tar, pax).
            rest = isLink(kind) || header.type() == '5' ? 0 : size;
            filling = filling(rest);
            return new TarEntry(path, kind, target, kind == TarEntry.Kind.FILE ? rest : 0, extensions.modified(header));
        } catch (TarFault e) {
            throw stream.broken(e.getMessage());
        }
    }

    private TarEntry.Kind kind(char type, String name, boolean sparse) throws IOException {
        String entry = archive + " holds '" + Names.shown(name) + "', ";
        if (type == 'S' || sparse) {
            throw new IOException(entry + "which is stored as a sparse file; make the archive again without --sparse");
        }
        return switch (type) {
            // Before there was a type for it, a folder was a file with a slash at the end of its name.
            case '0', '\0', '7' -> name.endsWith("/") ? TarEntry.Kind.FOLDER : TarEntry.Kind.FILE;
            case '1' -> TarEntry.Kind.HARD_LINK;
            case '2' -> TarEntry.Kind.SYMBOLIC_LINK;
            case '5', 'D' -> TarEntry.Kind.FOLDER;
            case '3', '4', '6' -> throw new IOException(entry + "a device or a pipe; make the archive without it");
            case 'M' ->
                throw new IOException(entry + "which began on another volume; make the archive again in one piece,"
                        + " without --multi-volume");
            default ->
                throw new IOException(entry + "which is of the unknown type '" + Names.shown(String.valueOf(type))
                        + "'; make the archive again with tar --format=pax");
        };
    }

    private static boolean isLink(TarEntry.Kind kind) {
        return kind == TarEntry.Kind.HARD_LINK || kind == TarEntry.Kind.SYMBOLIC_LINK;
    }

    private void skipContent() throws IOException {
        stream.skip(rest);
        rest = 0;
        stream.skip(filling);
        filling = 0;
    }

    /** How many bytes follow a content up to the end of its last block. */
    private static int filling(long size) {
        return (int) (-size & (TarHeader.BLOCK - 1));
    }

    private final class Content extends InputStream {

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, target.length);
            if (length == 0 || rest == 0) {
                return length == 0 ? 0 : -1;
            }
            int count = stream.content(target, offset, (int) Math.min(length, rest));
            rest -= count;
            return count;
        }

        @Override
        public int available() {
            return 0;
        }
    }
}
