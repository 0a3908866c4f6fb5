package io.slipway.boot;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads extents one after another; each file is opened once. */
final class ExtentsReader implements BootFile.Reader {

    private final List<BootFile.Extent> extents;
    private final Map<Path, FileChannel> channels = new LinkedHashMap<>();

    private ExtentsReader(List<BootFile.Extent> extents) {
        this.extents = extents;
    }

    static ExtentsReader open(List<BootFile.Extent> extents) throws IOException {
        ExtentsReader reader = new ExtentsReader(extents);
        try {
            for (BootFile.Extent extent : extents) {
                if (!reader.channels.containsKey(extent.file())) {
                    reader.channels.put(extent.file(), FileChannel.open(extent.file(), StandardOpenOption.READ));
                }
            }
            return reader;
        } catch (IOException e) {
            reader.close();
            throw e;
        }
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        int before = target.remaining();
        long start = 0;
        for (BootFile.Extent extent : extents) {
            long into = position + (before - target.remaining()) - start;
            if (target.hasRemaining() && into >= 0 && into < extent.length()) {
                readWithin(extent, target, into);
            }
            start += extent.length();
        }
        return before - target.remaining();
    }

    private void readWithin(BootFile.Extent extent, ByteBuffer target, long into) throws IOException {
        FileChannel channel = channels.get(extent.file());
        int wanted = (int) Math.min(target.remaining(), extent.length() - into);
        int limit = target.limit();
        target.limit(target.position() + wanted);
        try {
            long at = extent.offset() + into;
            while (target.hasRemaining()) {
                int count = channel.read(target, at);
                if (count < 0) {
                    throw new EOFException(extent.file() + " has become shorter than " + (at + target.remaining()));
                }
                at += count;
            }
        } finally {
            target.limit(limit);
        }
    }

    @Override
    public void close() throws IOException {
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
