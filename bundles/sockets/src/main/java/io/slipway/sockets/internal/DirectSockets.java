package io.slipway.sockets.internal;

import com.sun.jna.LastErrorException;
import io.slipway.sockets.DirectWay;
import io.slipway.sockets.Link;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets by which machines without an address are reached, one of each kind for all interfaces. They are opened
 * when they are asked for, and hear nothing.
 */
final class DirectSockets implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DirectSockets.class);

    /** Of an Ethernet address. */
    static final int ETHERNET_BYTES = 6;

    private static final int AF_INET = 2;
    private static final int AF_PACKET = 17;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int SIOCDARP = 0x8953;
    private static final int SIOCSARP = 0x8955;
    private static final int ARPHRD_ETHER = 1;
    private static final int ATF_COM = 2;
    private static final int ETH_P_IP = 0x0800;
    private static final int ARPREQ_BYTES = 68;
    private static final int SOCKADDR_BYTES = 16;
    private static final int SOCKADDR_LL_BYTES = 20;

    private static final int EPERM = 1;
    private static final int EAFNOSUPPORT = 97;

    private static final int NONE = -1;

    private int packets = NONE;
    private int arp = NONE;
    private boolean isClosed;

    /** Why a way cannot be gone on an interface, with the cure; empty when it can. */
    synchronized Optional<String> obstacle(DirectWay way, Link link) {
        try {
            if (isClosed) {
                return Optional.of("the server stops");
            }
            if (!isEthernet(link)) {
                return Optional.of("this is no Ethernet interface");
            }
            open(way);
            return Optional.empty();
        } catch (LastErrorException e) {
            return Optional.of(cure(way, e));
        } catch (LinkageError e) {
            LOG.debug("the C library cannot be called", e);
            return Optional.of("the native part of JNA cannot be loaded (" + e.getMessage()
                    + "): let programs run in the temporary folder, or name another one with -Djna.tmpdir in"
                    + " EXTRA_JAVA_OPTS");
        }
    }

    private static boolean isEthernet(Link link) {
        try {
            NetworkInterface found = NetworkInterface.getByIndex(link.index());
            byte[] hardware = found == null ? null : found.getHardwareAddress();
            return hardware != null && hardware.length == ETHERNET_BYTES;
        } catch (SocketException e) {
            LOG.debug("{} cannot be looked at", link.name(), e);
            return false;
        }
    }

    private void open(DirectWay way) {
        if (way == DirectWay.FRAME && packets == NONE) {
            // protocol 0: nothing that arrives is handed to it
            packets = LibC.socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        }
        if (way == DirectWay.ARP && arp == NONE) {
            arp = LibC.socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        }
        if (way == DirectWay.ARP) {
            askForArp();
        }
    }

    /** An order that the kernel refuses: for want of permission first, and only then because it names no address. */
    private void askForArp() {
        try {
            LibC.ioctl(arp, SIOCDARP, new byte[ARPREQ_BYTES]);
        } catch (LastErrorException e) {
            if (e.getErrorCode() == EPERM) {
                throw e;
            }
            LOG.debug("ARP entries can be made");
        }
    }

    private static String cure(DirectWay way, LastErrorException failure) {
        boolean isFrame = way == DirectWay.FRAME;
        return switch (failure.getErrorCode()) {
            case EPERM ->
                isFrame
                        ? "frames need root or the capability CAP_NET_RAW"
                        : "ARP entries need root or the capability CAP_NET_ADMIN";
            case EAFNOSUPPORT ->
                "packet sockets are not allowed: add AF_PACKET to RestrictAddressFamilies of the service";
            default -> String.valueOf(failure.getMessage());
        };
    }

    /** Sends an IPv4 datagram in a frame; the kernel knows the interface's own address. False when it refuses. */
    synchronized boolean sendFrame(Link link, byte[] datagram, byte[] ethernet) {
        if (packets == NONE) {
            return false;
        }
        try {
            LibC.sendto(
                    packets,
                    datagram,
                    datagram.length,
                    MSG_DONTWAIT,
                    linkLayerAddress(link.index(), ethernet),
                    SOCKADDR_LL_BYTES);
            return true;
        } catch (LastErrorException e) {
            LOG.debug("no frame leaves {}: {}", link.name(), e.getMessage());
            return false;
        }
    }

    /** {@code struct sockaddr_ll}, packet(7). */
    private static byte[] linkLayerAddress(int index, byte[] ethernet) {
        ByteBuffer bytes = ByteBuffer.allocate(SOCKADDR_LL_BYTES).order(ByteOrder.nativeOrder());
        bytes.putShort((short) AF_PACKET);
        bytes.put((byte) (ETH_P_IP >> 8)).put((byte) ETH_P_IP);
        bytes.putInt(index).putShort((short) 0).put((byte) 0);
        return bytes.put((byte) ETHERNET_BYTES).put(ethernet).array();
    }

    /**
     * Tells the kernel the hardware address of a machine, until it has to ask for it anew, which is in a few seconds.
     * False when it refuses.
     */
    synchronized boolean tellArp(Link link, Inet4Address address, byte[] ethernet) {
        if (arp == NONE) {
            return false;
        }
        try {
            LibC.ioctl(arp, SIOCSARP, arpRequest(link.name(), address, ethernet));
            return true;
        } catch (LastErrorException e) {
            LOG.debug("no ARP entry for {} on {}: {}", address.getHostAddress(), link.name(), e.getMessage());
            return false;
        }
    }

    /** {@code struct arpreq}, arp(7): address, hardware address, flags, mask, interface. */
    private static byte[] arpRequest(String device, Inet4Address address, byte[] ethernet) {
        ByteBuffer bytes = ByteBuffer.allocate(ARPREQ_BYTES).order(ByteOrder.nativeOrder());
        bytes.putShort((short) AF_INET).putShort((short) 0).put(address.getAddress());
        bytes.position(SOCKADDR_BYTES).putShort((short) ARPHRD_ETHER).put(ethernet);
        bytes.position(2 * SOCKADDR_BYTES).putInt(ATF_COM);
        bytes.position(3 * SOCKADDR_BYTES + Integer.BYTES).put(device.getBytes(StandardCharsets.US_ASCII));
        return bytes.array();
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        packets = close(packets);
        arp = close(arp);
    }

    private static int close(int socket) {
        if (socket != NONE) {
            try {
                LibC.close(socket);
            } catch (LastErrorException e) {
                LOG.debug("a socket ends badly: {}", e.getMessage());
            }
        }
        return NONE;
    }
}
