package io.slipway.tftp.server;

import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCounted;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What was read last of files whose paths always mean the same bytes. Machines that boot together read the same part at
 * the same time, which then is in the processor's cache for all of them but the first. Safe for use by many threads.
 */
final class SharedChunks implements AutoCloseable {

    /**
     * With chunks of 8 KB, four megabytes: machines that read the same image are some hundred KB apart. A transfer keeps the
     * chunk that it sends from, whether it is in here or not.
     */
    static final int MOST = 512;

    private record Key(String path, long chunk) {}

    /** Reads a chunk. */
    interface Source {
        ByteBuf read() throws IOException;
    }

    /** The least recently used first. */
    private final Map<Key, ByteBuf> chunks = new LinkedHashMap<>(2 * MOST, 0.75f, true);

    private final AtomicInteger readers = new AtomicInteger();

    private boolean closed;

    /** One more transfer reads. */
    void began() {
        readers.incrementAndGet();
    }

    void ended() {
        readers.decrementAndGet();
    }

    /** Whether so many chunks are likely to be still here when they are wanted, if each transfer reads as many ahead. */
    boolean keeps(long ahead) {
        return readers.get() * ahead <= MOST / 2;
    }

    /** What is known, or read now; the caller releases it. */
    ByteBuf chunk(String path, long number, Source source) throws IOException {
        Key key = new Key(path, number);
        Optional<ByteBuf> known = known(key);
        if (known.isPresent()) {
            return known.get();
        }
        ByteBuf read = source.read(); // not while others wait: the disk may be slow
        keep(key, read);
        return read;
    }

    private synchronized Optional<ByteBuf> known(Key key) {
        return Optional.ofNullable(chunks.get(key)).map(ByteBuf::retain);
    }

    private synchronized void keep(Key key, ByteBuf read) {
        if (closed || chunks.putIfAbsent(key, read) != null) {
            return;
        }
        read.retain();
        if (chunks.size() > MOST) {
            Iterator<ByteBuf> eldest = chunks.values().iterator();
            eldest.next().release();
            eldest.remove();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        chunks.values().forEach(ReferenceCounted::release);
        chunks.clear();
    }
}
