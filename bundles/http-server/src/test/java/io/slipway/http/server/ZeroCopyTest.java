package io.slipway.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.util.ReferenceCountUtil;
import io.slipway.boot.BootFile;
import io.slipway.boot.BootFile.Extent;
import io.slipway.boot.BootRequest;
import io.slipway.boot.BootTransport;
import io.slipway.sockets.Bandwidth;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files reach the socket as regions, which it sends without reading them into memory. */
class ZeroCopyTest {

    @TempDir
    Path folder;

    private final FakeBoot boot = new FakeBoot();

    @Test
    void aFileIsWrittenAsRegions() throws Exception {
        Path file = Files.write(folder.resolve("file"), HttpServerFixture.content(10_000));
        List<Extent> extents = List.of(new Extent(file, 100, 5000), new Extent(file, 9000, 1000));
        boot.files.put("/iso", BootFile.of(extents, BootFile.OCTET_STREAM));
        List<Object> written = written("GET /iso HTTP/1.1\r\nHost: x\r\nRange: bytes=4000-5499\r\n\r\n");
        assertTrue(
                ((ByteBuf) written.get(0)).toString(StandardCharsets.US_ASCII).startsWith("HTTP/1.1 206 "));
        DefaultFileRegion first = assertInstanceOf(DefaultFileRegion.class, written.get(1));
        assertEquals(4100, first.position());
        assertEquals(1000, first.count());
        DefaultFileRegion second = assertInstanceOf(DefaultFileRegion.class, written.get(2));
        assertEquals(9000, second.position());
        assertEquals(500, second.count());
        assertEquals(3, written.size());
        written.forEach(ReferenceCountUtil::release);
        assertEquals(1500, boot.awaitEnd().sent());
    }

    @Test
    void bytesInMemoryAreOneBuffer() throws Exception {
        boot.put("/menu", HttpServerFixture.content(100_000));
        List<Object> written = written("GET /menu HTTP/1.1\r\nHost: x\r\n\r\n");
        assertEquals(2, written.size());
        assertEquals(
                Unpooled.wrappedBuffer(HttpServerFixture.content(100_000)),
                assertInstanceOf(ByteBuf.class, written.get(1)));
        written.forEach(ReferenceCountUtil::release);
    }

    /** So that others have their turn between. */
    @Test
    void whereBandwidthIsScarceAFileIsSentInShares() throws Exception {
        Path file = Files.write(folder.resolve("file"), HttpServerFixture.content(150_000));
        boot.files.put("/linux", BootFile.of(file, BootFile.OCTET_STREAM));
        List<Long> reserved = new ArrayList<>();
        bandwidth = (client, bytes, loop, turn) -> {
            reserved.add(bytes);
            if (reserved.size() != 2) {
                return Optional.empty();
            }
            loop.schedule(turn, 1, TimeUnit.MILLISECONDS);
            return Optional.of("subnetBandwidth 10.1.0.0/16");
        };
        List<Object> written = written("GET /linux HTTP/1.1\r\nHost: x\r\n\r\n");
        assertEquals(List.of(65_536L, 18_928L, 65_536L), reserved); // the end is held back to the last
        assertEquals(4, written.size());
        long position = 0;
        for (Object region : written.subList(1, 4)) {
            assertEquals(position, assertInstanceOf(SharedRegion.class, region).position());
            position += ((SharedRegion) region).count();
        }
        assertEquals(150_000, position);
        FakeTransfer transfer = boot.awaitEnd();
        assertEquals(Optional.of("subnetBandwidth 10.1.0.0/16"), transfer.heldBy());
        assertFalse(transfer.isHeld);
        written.forEach(ReferenceCountUtil::release);
    }

    @Test
    void theFilesAreClosedAfterwards() throws Exception {
        Path file = Files.write(folder.resolve("file"), new byte[10]);
        BootRequest request = new BootRequest(
                "/file",
                BootTransport.HTTP,
                new InetSocketAddress(1),
                new InetSocketAddress(2),
                "test0",
                Optional.empty(),
                Optional.empty());
        OpenedFile opened = new OpenedFile(request, OpenFile.open(BootFile.of(file, BootFile.OCTET_STREAM)));
        SharedRegion region = (SharedRegion) opened.pieces(new ByteRange(0, 10)).get(0);
        region.release();
        opened.requireIntact();
        opened.close();
        assertThrows(ClosedChannelException.class, opened::requireIntact);
    }

    private Bandwidth bandwidth = Bandwidth.UNLIMITED;

    /** What the server gives to the socket for a request, but for empty buffers. */
    private List<Object> written(String request) {
        Connections connections = new Connections(boot, HttpServerFixture.PATIENT);
        EmbeddedChannel channel = new EmbeddedChannel();
        RequestDecoder decoder = new RequestDecoder();
        InetAddress loopback = InetAddress.getLoopbackAddress();
        Peer peer = new Peer(
                new InetSocketAddress(loopback, 1),
                new InetSocketAddress(loopback, 2),
                "test0",
                bandwidth,
                Protocol.HTTP);
        channel.pipeline().addLast(decoder, new HttpResponseEncoder(), new Connection(connections, peer, decoder));
        channel.writeInbound(Unpooled.copiedBuffer(request, StandardCharsets.US_ASCII));
        HttpServerFixture.await(
                () -> {
                    channel.runPendingTasks();
                    channel.runScheduledPendingTasks();
                    return !boot.ended.isEmpty();
                },
                "answered");
        List<Object> written = new ArrayList<>();
        for (Object next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
            if (!(next instanceof ByteBuf buffer) || buffer.isReadable()) {
                written.add(next);
            } else {
                ReferenceCountUtil.release(next);
            }
        }
        channel.finishAndReleaseAll();
        connections.stop(0);
        return written;
    }
}
