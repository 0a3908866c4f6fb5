package io.slipway.sockets.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.DatagramSocketAddress;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.Future;
import io.slipway.sockets.ConversationTaker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Hears on the port of a conversation who is not its client. For one event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // a loop that has ended has closed the socket
final class Strangers implements EpollIoHandle {

    private final LinuxSocket socket;
    private final ReusedBuffer memory;
    private final InetSocketAddress client;
    private final ConversationTaker taker;
    private Optional<IoRegistration> registration = Optional.empty();
    private boolean isClosed;

    private Strangers(LinuxSocket socket, ReusedBuffer memory, InetSocketAddress client, ConversationTaker taker) {
        this.socket = socket;
        this.memory = memory;
        this.client = client;
        this.taker = taker;
    }

    /** @param socket on the same port; closes with this */
    static Strangers hear(
            IoEventLoop loop,
            LinuxSocket socket,
            ReusedBuffer memory,
            InetSocketAddress client,
            ConversationTaker taker) {
        Strangers strangers = new Strangers(socket, memory, client, taker);
        loop.register(strangers).addListener(strangers::registered);
        return strangers;
    }

    private void registered(Future<? super IoRegistration> registered) {
        if (!registered.isSuccess() || isClosed) {
            close();
            return;
        }
        IoRegistration known = (IoRegistration) registered.getNow();
        registration = Optional.of(known);
        known.submit(EpollIoOps.EPOLLIN);
    }

    @Override
    public FileDescriptor fd() {
        return socket;
    }

    /** One packet each time: the event loop tells again while there are more. */
    @Override
    public void handle(IoRegistration same, IoEvent event) {
        ByteBuf packet = memory.next();
        try {
            DatagramSocketAddress from = socket.recvFromAddress(packet.memoryAddress(), 0, packet.capacity());
            if (from != null && from.equals(client)) { // it came before the first socket was the client's alone
                taker.received(packet.writerIndex(from.receivedAmount()));
            } else if (from != null) {
                taker.strange(packet.writerIndex(from.receivedAmount()), from);
            }
        } catch (IOException | RuntimeException | LinkageError e) {
            NativeConversation.fail(taker, e);
        } finally {
            packet.release();
        }
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            registration.ifPresent(IoRegistration::cancel);
            NativeSockets.close(socket);
        }
    }
}
