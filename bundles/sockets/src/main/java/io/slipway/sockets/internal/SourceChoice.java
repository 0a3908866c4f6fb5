package io.slipway.sockets.internal;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import io.netty.buffer.ByteBuf;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a datagram of a socket that is bound to no address from one of its interface's (IP_PKTINFO, ip(7)). */
final class SourceChoice {

    private static final Logger LOG = LoggerFactory.getLogger(SourceChoice.class);

    private static final int AF_INET = 2;
    private static final int IPPROTO_IP = 0;
    private static final int IP_PKTINFO = 8;
    private static final int MSG_DONTWAIT = 0x40;

    // Of 64-bit Linux: struct msghdr, and behind it what it points to.
    private static final int MSGHDR_BYTES = 56;
    private static final int NAME_AT = MSGHDR_BYTES;
    private static final int NAME_BYTES = 16;
    private static final int VECTOR_AT = NAME_AT + NAME_BYTES;
    private static final int CONTROL_AT = VECTOR_AT + 16;
    private static final int CONTROL_BYTES = 32;
    private static final int CONTROL_LENGTH = 28;
    private static final int CONTENT_AT = CONTROL_AT + CONTROL_BYTES;

    private SourceChoice() {}

    /**
     * Leaves the buffer as it is.
     *
     * @return false when the kernel refuses
     * @throws LinkageError when the C library cannot be called
     */
    static boolean send(int socket, int link, ByteBuf content, Inet4Address from, InetSocketAddress to) {
        byte[] bytes = new byte[content.readableBytes()];
        content.getBytes(content.readerIndex(), bytes);
        try (Memory message = message(link, bytes, from, to)) {
            LibC.sendmsg(socket, message, MSG_DONTWAIT);
            return true;
        } catch (LastErrorException e) {
            LOG.debug("cannot send from {}: {}", from.getHostAddress(), e.getMessage());
            return false;
        }
    }

    private static Memory message(int link, byte[] content, Inet4Address from, InetSocketAddress to) {
        Memory message = new Memory(CONTENT_AT + content.length);
        message.clear();
        message.setPointer(0, message.share(NAME_AT));
        message.setInt(8, NAME_BYTES);
        message.setPointer(16, message.share(VECTOR_AT));
        message.setLong(24, 1);
        message.setPointer(32, message.share(CONTROL_AT));
        message.setLong(40, CONTROL_BYTES);

        message.setShort(NAME_AT, (short) AF_INET);
        message.setByte(NAME_AT + 2, (byte) (to.getPort() >> 8));
        message.setByte(NAME_AT + 3, (byte) to.getPort());
        message.write(NAME_AT + 4, to.getAddress().getAddress(), 0, 4);

        message.setPointer(VECTOR_AT, message.share(CONTENT_AT));
        message.setLong(VECTOR_AT + 8, content.length);

        message.setLong(CONTROL_AT, CONTROL_LENGTH);
        message.setInt(CONTROL_AT + 8, IPPROTO_IP);
        message.setInt(CONTROL_AT + 12, IP_PKTINFO);
        message.setInt(CONTROL_AT + 16, link);
        message.write(CONTROL_AT + 20, from.getAddress(), 0, 4);

        message.write(CONTENT_AT, content, 0, content.length);
        return message;
    }
}
