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

    private final TransferSide side;
    private final DatagramDoor door;

    SharedPort(TransferSide side, DatagramDoor door) {
        this.side = side;
        this.door = door;
    }

    void begin() {
        loop().execute(() -> side.begin(this));
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
            door.send(datagrams.readRetainedSlice(size), side.remote());
        }
        door.send(datagrams, side.remote());
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
