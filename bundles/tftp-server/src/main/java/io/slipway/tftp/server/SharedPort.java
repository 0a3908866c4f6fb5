package io.slipway.tftp.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;
import io.slipway.sockets.Bandwidth;
import io.slipway.sockets.DatagramDoor;

/**
 * The port of the request, for the whole transfer: no transfer identifier of the server's own, as RFC 1350 wants it, but
 * what passes a firewall or a translation of addresses that expects answers from where it has sent.
 */
final class SharedPort implements Wire {

    private final FileSender sender;
    private final DatagramDoor door;

    SharedPort(FileSender sender, DatagramDoor door) {
        this.sender = sender;
        this.door = door;
    }

    void begin() {
        loop().execute(() -> sender.begin(this));
    }

    @Override
    public EventExecutor loop() {
        return door.loop();
    }

    @Override
    public ByteBufAllocator allocator() {
        return ByteBufAllocator.DEFAULT;
    }

    @Override
    public void send(ByteBuf datagrams, int size) {
        while (datagrams.readableBytes() > size) {
            door.send(datagrams.readRetainedSlice(size), sender.remote());
        }
        door.send(datagrams, sender.remote());
    }

    @Override
    public void settle() {
        // The door is everybody's.
    }

    @Override
    public Bandwidth bandwidth() {
        return door.bandwidth();
    }

    @Override
    public boolean isDoor() {
        return true;
    }

    @Override
    public void close() {
        // The door stays open for others.
    }
}
