package io.slipway.wiretests;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.FileRegion;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.http.server.HttpServer;
import io.slipway.sockets.Link;
import io.slipway.sockets.LinkAddress;
import io.slipway.sockets.StreamDoor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The HTTP server as it ships, with connections in memory. */
final class HttpWire {

    /** What a connection may hold in buffers: a header, what was sent ahead, and an answer's head. */
    private static final long MOST_MEMORY = 256 * 1024;

    private final HttpServer server;
    private final Door door = new Door();

    HttpWire(ServedTree tree) {
        server = new HttpServer(Wired.config(HttpServer.Config.class, Map.of("lookupDeadline", "600000")));
        tree.serveBy(server);
    }

    /** A new connection sends bytes, in pieces of a size, and waits for the answers. */
    HttpAnswers answersTo(byte[] bytes, int piece) {
        Connection connection = new Connection();
        server.accepted(connection, door);
        Requests requests = new Requests();
        connection.pipeline().addBefore(connection.pipeline().lastContext().name(), "requests", requests);
        connection.pipeline().fireChannelActive();
        for (int from = 0; from < bytes.length && connection.isOpen(); from += piece) {
            ByteBuf next = connection.alloc().heapBuffer();
            next.writeBytes(bytes, from, Math.min(piece, bytes.length - from));
            connection.writeInbound(next);
            connection.requireLittleMemory();
            // Some of what is sent comes while a file is looked for, and some after the answer.
            if (from % 2 == 0) {
                connection.awaitAnswers(requests);
            }
        }
        connection.awaitAnswers(requests);
        boolean isClosed = !connection.isOpen();
        connection.finishAndReleaseAll();
        connection.requireNoMemory();
        return HttpAnswers.parse(connection.received.toByteArray(), requests.methods, isClosed);
    }

    /** Sees each request on its way from the decoder to the server's own handler. */
    private static final class Requests extends ChannelInboundHandlerAdapter {

        private final List<String> methods = new ArrayList<>();

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest request) {
                methods.add(request.method().name());
            }
            context.fireChannelRead(message);
        }
    }

    private static final class Connection extends EmbeddedChannel {

        private final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(false);
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private int answers;

        Connection() {
            config().setAllocator(memory);
        }

        @Override
        protected SocketAddress localAddress0() {
            return new InetSocketAddress(Addresses.parse("192.0.2.1"), 80);
        }

        @Override
        protected SocketAddress remoteAddress0() {
            return new InetSocketAddress(Addresses.parse("192.0.2.77"), 40_000);
        }

        private void awaitAnswers(Requests requests) {
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            runPendingTasks();
            while (isOpen() && answers < requests.methods.size()) {
                if (System.nanoTime() > until) {
                    throw new AssertionError(answers + " answers to " + requests.methods);
                }
                LockSupport.parkNanos(1_000);
                runPendingTasks();
            }
            checkException();
        }

        /** At once: the server closes a file when it is written. */
        @Override
        protected void handleOutboundMessage(Object message) {
            int before = received.size();
            if (message instanceof ByteBuf buffer) {
                received.writeBytes(ByteBufUtil.getBytes(buffer));
                buffer.release();
            } else if (message instanceof FileRegion region) {
                copy(region);
            } else {
                throw new AssertionError("written: " + message);
            }
            answers += HttpAnswers.isHead(received.toByteArray(), before) ? 1 : 0;
        }

        private void copy(FileRegion region) {
            try {
                while (region.transferred() < region.count()) {
                    region.transferTo(Channels.newChannel(received), region.transferred());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                region.release();
            }
        }

        private long used() {
            return memory.metric().usedHeapMemory() + memory.metric().usedDirectMemory();
        }

        private void requireLittleMemory() {
            if (used() > MOST_MEMORY) {
                throw new AssertionError("one connection holds " + used() + " bytes");
            }
        }

        private void requireNoMemory() {
            if (used() > 0) {
                throw new AssertionError("a connection that is over holds " + used() + " bytes");
            }
        }
    }

    private static final class Door implements StreamDoor {

        @Override
        public String name() {
            return "http";
        }

        @Override
        public Link link() {
            return new Link("eth0", 2, List.of(new LinkAddress(Addresses.parse("192.0.2.1"), 24)), 1500);
        }

        @Override
        public int port() {
            return 80;
        }

        @Override
        public String transport() {
            return "memory";
        }
    }
}
