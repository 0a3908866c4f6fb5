package io.slipway.sockets.internal;

import io.netty.channel.ChannelException;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.RawUnixChannelOption;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sockets of Linux for conversations, and what these share. Safe for use by many threads.
 *
 * @param packetMemory into which one packet is read
 */
record NativeSockets(ReusedBuffer packetMemory, Segmentation segmentation) {

    private static final Logger LOG = LoggerFactory.getLogger(NativeSockets.class);

    /** The receive buffer of a socket on which hardly anything comes, in bytes. */
    private static final int LITTLE = 4096;

    /** On a port of the kernel's choice. */
    LinuxSocket conversing(String link, InetAddress local) throws IOException {
        return open(link, new InetSocketAddress(local, 0), EventLoops.CONVERSATION_RECEIVE_BUFFER, false);
    }

    /** On the port of a conversation, whose own socket lets others have it, too. */
    LinuxSocket beside(String link, InetSocketAddress conversation) throws IOException {
        return open(link, conversation, LITTLE, true);
    }

    /** Netty tells with an unchecked exception that there are too many open files. */
    private static LinuxSocket create(SocketProtocolFamily family) throws IOException {
        try {
            return LinuxSocket.newSocketDgram(family);
        } catch (ChannelException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
        }
    }

    private static LinuxSocket open(String link, InetSocketAddress local, int receiveBuffer, boolean isShared)
            throws IOException {
        LinuxSocket socket = create(EventLoops.family(local.getAddress()));
        try {
            RawUnixChannelOption device = EventLoops.BIND_TO_DEVICE;
            socket.setRawOpt(device.level(), device.optname(), EventLoops.deviceName(link));
            socket.setReceiveBufferSize(receiveBuffer);
            socket.setReuseAddress(isShared);
            socket.bind(local);
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    static void close(LinuxSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing {}", socket, e);
        }
    }
}
