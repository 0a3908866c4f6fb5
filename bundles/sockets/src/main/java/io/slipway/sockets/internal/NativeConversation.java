package io.slipway.sockets.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.DatagramSocketAddress;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.slipway.sockets.ConversationTaker;
import io.slipway.sockets.DatagramConversation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A conversation right on a socket of Linux. What a channel of Netty's does around each packet takes a tenth of a lock-step
 * block's time, and the objects for it, of a thousand transfers, are in no cache near the processor.
 *
 * <p>The event loop tells once that something has come (EPOLLET): to be told until nothing is left costs a second look at
 * each socket.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a loop that has ended has closed the conversation
final class NativeConversation implements DatagramConversation, EpollIoHandle {

    private static final Logger LOG = LoggerFactory.getLogger(NativeConversation.class);

    private static final EpollIoOps READING = EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLET);
    private static final EpollIoOps READING_AND_WRITING = READING.with(EpollIoOps.EPOLLOUT);

    /** Packets of one client before it is others' turn. */
    private static final int MOST_AT_ONCE = 32;

    private final IoEventLoop loop;
    private final NativeSockets sockets;
    private final String link;
    private final LinuxSocket socket;
    private final InetSocketAddress client;
    private final ConversationTaker taker;
    private final Runnable whenClosed;

    private IoRegistration registration;
    private boolean isConnected;
    /** Whether what comes is the client's: connected, and nothing of before lies there any more. */
    private boolean isAlone;

    private boolean isClosed;
    private boolean isReading;
    /** Whether something may have come that the event loop has told of, and that was not read. */
    private boolean isUnread;

    private boolean hasReadFailed;
    /** What the kernel cuts datagrams to, in bytes; 0: it does not. */
    private int cutSize;
    /** Not where the way to the client carries less than its interface: what the kernel cuts it sends in no fragments. */
    private boolean mayCut = true;
    /** Whether there is something for which the socket had no room. */
    private boolean isWaiting;

    private final Deque<Waiting> waiting = new ArrayDeque<>(0);
    private Optional<Strangers> strangers = Optional.empty();

    private record Waiting(ByteBuf datagrams, int size) {}

    private NativeConversation(
            IoEventLoop loop,
            NativeSockets sockets,
            String link,
            LinuxSocket socket,
            InetSocketAddress client,
            ConversationTaker taker,
            Runnable whenClosed) {
        this.loop = loop;
        this.sockets = sockets;
        this.link = link;
        this.socket = socket;
        this.client = client;
        this.taker = taker;
        this.whenClosed = whenClosed;
    }

    /**
     * Opens one.
     *
     * @param whenClosed run once, when it was opened and is over
     * @return as of {@link io.slipway.sockets.DatagramDoor#converse}
     */
    static Future<?> open(
            IoEventLoop loop,
            NativeSockets sockets,
            String link,
            InetAddress local,
            InetSocketAddress client,
            ConversationTaker taker,
            Runnable whenClosed) {
        Promise<Void> opened = loop.newPromise();
        loop.execute(() -> {
            try {
                LinuxSocket socket = sockets.conversing(link, local);
                new NativeConversation(loop, sockets, link, socket, client, taker, whenClosed).register(opened);
            } catch (IOException | RuntimeException | LinkageError e) {
                opened.tryFailure(e);
            }
        });
        return opened;
    }

    private void register(Promise<Void> opened) {
        loop.register(this).addListener(registered -> {
            // a loop that ends has closed already what it knew
            if (registered.isSuccess() && !loop.isShuttingDown()) {
                begin((IoRegistration) registered.getNow());
                opened.setSuccess(null);
            } else {
                isClosed = true;
                NativeSockets.close(socket);
                opened.setFailure(
                        registered.isSuccess() ? new IOException("the event loop has ended") : registered.cause());
            }
        });
    }

    private void begin(IoRegistration known) {
        registration = known;
        try {
            taker.opened(this);
            if (!isClosed) {
                registration.submit(isWaiting ? READING_AND_WRITING : READING);
            }
        } catch (RuntimeException | LinkageError e) {
            fail(e);
        }
    }

    @Override
    public EventExecutor loop() {
        return loop;
    }

    @Override
    public InetSocketAddress local() {
        return socket.localAddress();
    }

    @Override
    public FileDescriptor fd() {
        return socket;
    }

    @Override
    public void handle(IoRegistration same, IoEvent event) {
        if (isWaiting && ((EpollIoEvent) event).ops().contains(EpollIoOps.EPOLLOUT)) {
            sendWaiting();
        }
        isUnread = true;
        hasReadFailed = false;
        read();
    }

    private void read() {
        isReading = true;
        for (int i = 0; isUnread && !isClosed; i++) {
            if (i == MOST_AT_ONCE) {
                loop.execute(this::read);
                break;
            }
            if (readOne()) {
                break; // what may have come yet can lie
            }
        }
        isReading = false;
    }

    /** Whether what has come yet can lie until the next event. */
    private boolean readOne() {
        ByteBuf packet = sockets.packetMemory().next();
        try {
            int length = isAlone
                    ? socket.recvAddress(packet.memoryAddress(), 0, packet.capacity())
                    : readFromAnybody(packet);
            hasReadFailed = false;
            isUnread = length != 0;
            isAlone = isConnected && (isAlone || length == 0);
            boolean mayLie = length > 0 && taker.received(packet.writerIndex(length));
            return mayLie && isAlone == isConnected;
        } catch (IOException e) {
            isUnread = !hasReadFailed; // what the network told of is told once
            hasReadFailed = true;
            fail(e);
        } catch (RuntimeException | LinkageError e) {
            fail(e);
        } finally {
            packet.release();
        }
        return false;
    }

    /** The length of what the client has sent; 0: nothing is there; -1: something else was. */
    private int readFromAnybody(ByteBuf packet) throws IOException {
        DatagramSocketAddress from = socket.recvFromAddress(packet.memoryAddress(), 0, packet.capacity());
        if (from == null) {
            return 0;
        }
        if (from.equals(client)) {
            return from.receivedAmount() > 0 ? from.receivedAmount() : -1;
        }
        taker.strange(packet.writerIndex(from.receivedAmount()), from);
        return -1;
    }

    private void fail(Throwable cause) {
        fail(taker, cause);
    }

    static void fail(ConversationTaker taker, Throwable cause) {
        try {
            taker.failed(cause);
        } catch (RuntimeException | LinkageError e) {
            isUntold(cause.toString(), e);
        }
    }

    private static void isUntold(String what, Throwable cause) {
        LOG.error(
                "who holds a conversation could not be told of {}: this is a fault of the server; report it with"
                        + " data/log/traces.log",
                what,
                cause);
    }

    @Override
    public void send(ByteBuf datagrams, int size) {
        if (isUnread && !isReading) {
            loop.execute(this::read); // the client was silent: was it?
        }
        if (!isWaiting && !isClosed && sendNow(datagrams, size)) {
            return;
        }
        if (isClosed) {
            datagrams.release();
            return;
        }
        waiting.add(new Waiting(datagrams, size));
        if (!isWaiting) {
            isWaiting = true;
            registration.submit(READING_AND_WRITING);
        }
    }

    private void sendWaiting() {
        for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
            if (!sendNow(next.datagrams(), next.size())) {
                waiting.addFirst(next);
                return;
            }
        }
        isWaiting = false;
        if (!isClosed) {
            registration.submit(READING);
        }
    }

    /** Whether the buffer is sent, or lost, and released; not when it has to wait. */
    private boolean sendNow(ByteBuf datagrams, int size) {
        boolean isOver = true;
        try {
            isOver = sendAll(datagrams, size);
        } catch (IOException e) {
            fail(e);
        } finally {
            if (isOver) {
                datagrams.release();
            }
        }
        return isOver;
    }

    private boolean sendAll(ByteBuf datagrams, int size) throws IOException {
        int length = datagrams.readableBytes();
        boolean isOne = length <= size;
        try {
            if (isOne) {
                keepWhole(length);
            } else {
                cut(mayCut && sockets.segmentation().isUsable(link) ? size : 0);
            }
            if (isOne || cutSize > 0) {
                return sendOne(datagrams, length);
            }
        } catch (IOException e) {
            boolean isTooLong = Segmentation.isTooLong(e);
            if (cutSize == 0 || !(isTooLong || sockets.segmentation().isRefused(link, e))) {
                throw e;
            }
            mayCut = !isTooLong;
            cut(0);
        }
        while (datagrams.isReadable()) {
            if (!sendOne(datagrams, Math.min(size, datagrams.readableBytes()))) {
                return false;
            }
        }
        return true;
    }

    /** What is longer than the datagrams of a window, which can be short ones, must not be cut. */
    private void keepWhole(int length) throws IOException {
        if (length > cutSize) {
            cut(0);
        }
    }

    private void cut(int size) throws IOException {
        if (cutSize != size) {
            cutSize = size;
            Segmentation.cut(socket, size);
        }
    }

    /** False when the socket has no room now. */
    private boolean sendOne(ByteBuf datagram, int length) throws IOException {
        long memory = datagram.memoryAddress();
        int from = datagram.readerIndex();
        int sent = isConnected
                ? socket.sendAddress(memory, from, from + length)
                : socket.sendToAddress(memory, from, from + length, client.getAddress(), client.getPort());
        datagram.skipBytes(sent);
        return sent > 0;
    }

    @Override
    public void sendTo(ByteBuf datagram, InetSocketAddress stranger) {
        try {
            if (!isClosed) { // Linux sends from a connected socket to others, too
                keepWhole(datagram.readableBytes());
                socket.sendToAddress(
                        datagram.memoryAddress(),
                        datagram.readerIndex(),
                        datagram.writerIndex(),
                        stranger.getAddress(),
                        stranger.getPort());
            }
        } catch (IOException e) {
            LOG.debug("to {}: {}", stranger, e.toString());
        } finally {
            datagram.release();
        }
    }

    /** The second socket is there before the first stops to hear others, so that nobody is left unheard. */
    @Override
    public void settle() {
        if (isClosed || isConnected) {
            return;
        }
        try {
            InetSocketAddress own = socket.localAddress();
            socket.setReuseAddress(true);
            strangers =
                    Optional.of(Strangers.hear(loop, sockets.beside(link, own), sockets.packetMemory(), client, taker));
            isConnected = socket.connect(client);
        } catch (IOException e) {
            LOG.debug("the conversation with {} stays open to all", client, e);
        }
        if (!isConnected) {
            strangers.ifPresent(Strangers::close);
        }
    }

    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        strangers.ifPresent(Strangers::close);
        registration.cancel();
        NativeSockets.close(socket);
        waiting.forEach(each -> each.datagrams().release());
        waiting.clear();
        whenClosed.run();
        try {
            taker.closed();
        } catch (RuntimeException | LinkageError e) {
            isUntold("its end", e);
        }
    }
}
