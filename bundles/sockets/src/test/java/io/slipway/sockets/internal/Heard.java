package io.slipway.sockets.internal;

import io.netty.buffer.ByteBuf;
import io.slipway.sockets.ConversationTaker;
import io.slipway.sockets.DatagramConversation;
import io.slipway.sockets.DatagramDoor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What is told to the taker of one conversation. */
class Heard implements ConversationTaker {

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private volatile DatagramConversation conversation;

    /** Opens a conversation and waits until it is open. */
    static Heard converse(DatagramDoor door, InetAddress local, InetSocketAddress client, Heard heard)
            throws InterruptedException {
        door.converse(local, client, heard).sync();
        return heard;
    }

    static Heard converse(DatagramDoor door, InetAddress local, InetSocketAddress client) throws InterruptedException {
        return converse(door, local, client, new Heard());
    }

    DatagramConversation conversation() {
        return conversation;
    }

    InetSocketAddress local() {
        return conversation.local();
    }

    /** Does something on the event loop, and waits for it. */
    void run(Runnable step) throws InterruptedException {
        conversation.loop().submit(step).sync();
    }

    void close() throws InterruptedException {
        run(conversation::close);
    }

    /** The next that is told; null: nothing within five seconds. */
    String next() throws InterruptedException {
        return told.poll(5, TimeUnit.SECONDS);
    }

    boolean isQuiet() {
        return told.isEmpty();
    }

    @Override
    public void opened(DatagramConversation opened) {
        conversation = opened;
    }

    @Override
    public boolean received(ByteBuf datagram) {
        told.add("client " + datagram.toString(StandardCharsets.UTF_8));
        return false;
    }

    @Override
    public void strange(ByteBuf datagram, InetSocketAddress from) {
        told.add("stranger " + datagram.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void failed(Throwable cause) {
        told.add("failure " + cause.getMessage());
    }

    @Override
    public void closed() {
        told.add("closed");
    }
}
