package io.slipway.boot;

import java.net.InetAddress;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Whose request is this? Safe for use by many threads; bounded; survives a restart. */
@ProviderType
public interface BootClients {

    /** How it became known that a client has an address. */
    enum Evidence {
        /** {@code yiaddr} of an ACK that this server sent, or of a BOOTP reply. */
        LEASE,
        /**
         * The same of a client that does not boot: an operating system. It is remembered while the server runs; after a
         * restart only what is known of it as a boot client is.
         */
        HOST_LEASE,
        /** {@code ciaddr} of a request to port 4011. */
        PXE_REQUEST,
        /** Option 50 of a broadcast REQUEST to another server. */
        FOREIGN_LEASE
    }

    /**
     * This client has this address now. What firmware said of a machine stays, when a later client on the same MAC
     * (an installer, an operating system) is learnt that says less.
     */
    void learn(BootClient client, InetAddress address, Evidence how);

    /**
     * The client that has an address: one that was learnt to have it, or one that is known on this link and has made its
     * IPv6 address of its MAC ({@link ClientAddress#mac}).
     *
     * @param link the interface on which the request came; an address of another link is another machine
     */
    Optional<BootClient> at(InetAddress address, String link);

    /** What is known of a machine. */
    Optional<BootClient> find(MacAddress mac);
}
