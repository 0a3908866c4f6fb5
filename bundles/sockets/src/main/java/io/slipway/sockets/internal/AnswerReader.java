package io.slipway.sockets.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what the client of a lock-step conversation sends, in place of the channel, which takes a twentieth of a block's
 * time to read, to wrap and to hand on what holds four bytes. The channel stays what opens, sends and closes. On its event
 * loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a loop that has ended closes the conversation
final class AnswerReader implements EpollIoHandle {

    private static final Logger LOG = LoggerFactory.getLogger(AnswerReader.class);

    private final Channel conversation;
    private final Socket socket;
    private final ReusedBuffer memory;
    private final Consumer<ByteBuf> answers;

    private AnswerReader(Channel conversation, Socket socket, ReusedBuffer memory, Consumer<ByteBuf> answers) {
        this.conversation = conversation;
        this.socket = socket;
        this.memory = memory;
        this.answers = answers;
    }

    /** From now on what comes goes to "answers"; nothing changes where the transport is not the native one. */
    static void takeOver(Channel conversation, ReusedBuffer memory, Consumer<ByteBuf> answers) {
        if (!(conversation instanceof UnixChannel channel)
                || !(conversation.eventLoop() instanceof IoEventLoop loop)
                || !loop.isCompatible(AnswerReader.class)) {
            return;
        }
        AnswerReader reader =
                new AnswerReader(conversation, new Socket(channel.fd().intValue()), memory, answers);
        conversation.deregister().addListener(left -> {
            if (conversation.isOpen()) {
                loop.register(reader).addListener(registered -> reader.begin(loop, registered));
            }
        });
    }

    private void begin(IoEventLoop loop, Future<?> registered) {
        // a loop that ends has closed already what it knew
        if (!registered.isSuccess() || loop.isShuttingDown()) {
            conversation.close();
            return;
        }
        IoRegistration registration = (IoRegistration) registered.getNow();
        conversation.closeFuture().addListener(closed -> registration.cancel());
        registration.submit(EpollIoOps.EPOLLIN);
    }

    @Override
    public FileDescriptor fd() {
        return socket;
    }

    /** One packet each time: epoll comes again while there are more. */
    @Override
    public void handle(IoRegistration registration, IoEvent event) {
        ByteBuf packet = memory.next();
        try {
            int length = socket.recvAddress(packet.memoryAddress(), 0, packet.capacity());
            if (length > 0) {
                answers.accept(packet.writerIndex(length));
            }
        } catch (IOException | RuntimeException e) {
            conversation.pipeline().fireExceptionCaught(e);
        } finally {
            packet.release();
        }
    }

    /** The event loop ends. */
    @Override
    public void close() {
        LOG.debug("{} ends with its event loop", conversation);
        conversation.close();
    }
}
