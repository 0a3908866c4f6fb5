package io.slipway.dhcp;

import io.slipway.boot.MacAddress;
import io.slipway.dhcp.codec.DhcpMessage;
import java.net.Inet4Address;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** One request and the reply that the chain builds for it. Used by one thread at a time. */
@ProviderType
public interface DhcpExchange {

    DhcpMessage request();

    /** The client's hardware address: {@code chaddr} of a request of hardware type Ethernet. */
    MacAddress mac();

    /** The reply so far. The server has filled in what echoes the request. */
    DhcpMessage.Builder reply();

    /** The reply so far, to read from. */
    default DhcpMessage replySoFar() {
        return reply().build();
    }

    /** The door on which the request came: {@code dhcp} (port 67) or {@code pxe} (port 4011). */
    String door();

    /** The network interface on which the request came. */
    String link();

    /** The server's own address on that interface. */
    Inet4Address serverAddress();

    /** The prefix length of that address, 0 to 32. */
    int prefixLength();

    /**
     * The reply leaves only when this has completed; when it fails the reply is dropped and counted. May be called
     * several times: all must complete.
     */
    void sendAfter(CompletionStage<?> durable);

    /** Runs right before the reply is handed to the socket, when all that must be durable is. */
    void beforeSend(Runnable action);
}
