package io.slipway.machine.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import io.slipway.tftp.codec.Ack;
import io.slipway.tftp.codec.TftpEncoder;
import java.io.IOException;
import java.util.Optional;

/**
 * The shortest way for the packet that a machine sends most, since it is the servers that are to be busy: no new memory,
 * no pipeline. On the event loop of the channel.
 */
final class AckSocket {

    private final Socket socket;
    private final ByteBuf packet;

    private AckSocket(Socket socket, ByteBuf packet) {
        this.socket = socket;
        this.packet = packet;
    }

    /** Empty where the transport is not the native one. The channel is connected, and releases what this holds. */
    static Optional<AckSocket> of(Channel channel) {
        if (!(channel instanceof UnixChannel unix)) {
            return Optional.empty();
        }
        ByteBuf packet = channel.alloc().directBuffer(4);
        channel.closeFuture().addListener(closed -> packet.release());
        return Optional.of(new AckSocket(new Socket(unix.fd().intValue()), packet));
    }

    /** What the socket does not take is lost, as on any network. */
    void send(Ack ack) {
        packet.clear();
        TftpEncoder.encode(ack, packet);
        try {
            socket.sendAddress(packet.memoryAddress(), 0, packet.readableBytes());
        } catch (IOException e) {
            // The network refused it; the server asks again.
        }
    }
}
