package io.slipway.http.server;

import io.netty.buffer.Unpooled;
import io.netty.util.ReferenceCounted;
import io.slipway.boot.BootFile;
import io.slipway.boot.BootFile.Extent;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A file that is open, for the requests that it answers at the time; closed when the last of them is done. */
final class OpenFile {

    private final BootFile file;
    private final Map<Path, FileChannel> channels = new LinkedHashMap<>();
    private byte[] memory = {};
    private EntityTag tag;
    /** Who uses it; guarded by this. */
    private int users = 1;

    private OpenFile(BootFile file) {
        this.file = file;
    }

    /**
     * Opens it for one user. Reads a disk, and also computes a digest when the content is in memory and has none.
     *
     * @throws IOException also when a file on disk is shorter than the boot file says
     */
    static OpenFile open(BootFile file) throws IOException {
        OpenFile opened = new OpenFile(file);
        try {
            if (file.extents().isEmpty()) {
                opened.readMemory();
            } else {
                opened.openExtents();
            }
            return opened;
        } catch (IOException | RuntimeException e) {
            opened.closeChannels();
            throw e;
        }
    }

    private void readMemory() throws IOException {
        ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(file.length()));
        try (BootFile.Reader reader = file.open()) {
            reader.read(content, 0);
        }
        memory = content.array();
        tag = file.digest().map(digest -> new EntityTag(digest, false)).orElseGet(() -> EntityTag.of(memory));
    }

    private void openExtents() throws IOException {
        FileFacts before = FileFacts.of(file.extents());
        for (Extent extent : file.extents()) {
            if (!channels.containsKey(extent.file())) {
                channels.put(extent.file(), FileChannel.open(extent.file(), StandardOpenOption.READ));
            }
            requireLength(extent);
        }
        FileFacts after = FileFacts.of(file.extents());
        tag = file.digest()
                .map(digest -> new EntityTag(digest, false))
                .orElseGet(() -> before.tag(after, Instant.now()));
    }

    private void requireLength(Extent extent) throws IOException {
        long end = extent.offset() + extent.length();
        if (channels.get(extent.file()).size() < end) {
            throw new EOFException(extent.file() + " has become shorter than " + end + " bytes");
        }
    }

    BootFile file() {
        return file;
    }

    Representation representation() {
        return new Representation(file.length(), file.mediaType(), tag, file.modified());
    }

    /** What to write for a range that lies within the file, in order: one buffer, or regions of files. */
    List<ReferenceCounted> pieces(ByteRange range) {
        if (file.extents().isEmpty()) {
            return range.count() == 0
                    ? List.of()
                    : List.of(Unpooled.wrappedBuffer(memory, (int) range.first(), (int) range.count()));
        }
        List<ReferenceCounted> regions = new ArrayList<>();
        long start = 0;
        for (Extent extent : file.extents()) {
            long from = Math.max(range.first(), start);
            long to = Math.min(range.first() + range.count(), start + extent.length());
            if (from < to) {
                regions.add(new SharedRegion(channels.get(extent.file()), extent.offset() + from - start, to - from));
            }
            start += extent.length();
        }
        return regions;
    }

    /**
     * Looks whether the files can still be read as they were when they were opened.
     *
     * @throws IOException says what has happened to them
     */
    void requireIntact() throws IOException {
        for (Extent extent : file.extents()) {
            requireLength(extent);
        }
        file.requireUnchanged();
    }

    /** One user more. False when the last was done already: it must be opened anew. */
    synchronized boolean use() {
        if (users == 0) {
            return false;
        }
        users++;
        return true;
    }

    /** One user is done. */
    void done() throws IOException {
        synchronized (this) {
            users--;
            if (users > 0) {
                return;
            }
        }
        closeChannels();
    }

    private void closeChannels() throws IOException {
        IOException failure = null;
        for (FileChannel channel : channels.values()) {
            try {
                channel.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
