package io.slipway.dhcp;

import io.slipway.boot.MacAddress;
import io.slipway.dhcp.codec.DhcpMessage;
import java.net.Inet4Address;
import java.util.List;
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

    /** The server's own address on that interface from which the client is served; one of {@link #serverAddresses}. */
    Inet4Address serverAddress();

    /** The prefix length of that address, 0 to 32. */
    int prefixLength();

    /** Every own address of the server on that interface, the primary one first; at least one. */
    List<Inet4Address> serverAddresses();

    /**
     * Says from which own address the client is served, which {@link #serverAddress} is from now on: the one in the
     * client's subnet. Nothing changes when the client has named one, in option 54 or by sending to it.
     *
     * @throws IllegalArgumentException when it is none of {@link #serverAddresses}
     */
    void serveFrom(Inet4Address address);

    /**
     * The reply leaves only when this has completed; when it fails the reply is dropped and counted. May be called
     * several times: all must complete. A {@link java.util.concurrent.CancellationException} stands for a reply that is
     * not wanted any more, which is no trouble of the disk.
     */
    void sendAfter(CompletionStage<?> durable);

    /** Runs right before the reply is handed to the socket, when all that must be durable is. */
    void beforeSend(Runnable action);

    /**
     * Whether this is a trial: somebody wants to see the answer, and nothing may come of it. A handler answers as it
     * would, but stores, learns, counts, limits and logs nothing; what it hands to {@link #beforeSend} does not run, and
     * nothing waits for {@link #sendAfter}. A trial may be under way beside a packet of the same client.
     */
    default boolean isTrial() {
        return false;
    }

    /**
     * Says, in a trial, why the handler answers as it does, or what it leaves undone: a line for the person who looks.
     * Otherwise nobody listens: where the text costs something, ask {@link #isTrial} first.
     */
    default void explain(String why) {}
}
