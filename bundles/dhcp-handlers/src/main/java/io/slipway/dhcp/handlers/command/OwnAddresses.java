package io.slipway.dhcp.handlers.command;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import org.apache.karaf.shell.support.CommandException;

/** The addresses of this host. */
final class OwnAddresses {

    private OwnAddresses() {}

    static boolean contains(InetAddress address) throws CommandException {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            throw new CommandException("this host's own addresses cannot be read: " + e.getMessage(), e);
        }
    }
}
