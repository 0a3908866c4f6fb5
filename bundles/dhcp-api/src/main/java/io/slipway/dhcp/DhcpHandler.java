package io.slipway.dhcp;

import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One link of the chain. Registered as a service with the property {@value #NAME}; its place is where
 * {@code etc/io.slipway.dhcp.server.cfg} lists that name, or at {@code *} by service ranking.
 *
 * <p>Called by several threads at once, but never for two packets of one client at once. Must not wait for a disk or a
 * network: what must be durable before the reply leaves goes to {@link DhcpExchange#sendAfter}. Changes nothing in a
 * {@link DhcpExchange#isTrial trial}.
 */
@ConsumerType
public interface DhcpHandler {

    /** Service property: the handler's name, for example {@code address}. */
    String NAME = "dhcp.handler";

    /**
     * Looks at the request, adds to the reply, says how to go on.
     *
     * @throws DecoderException the request holds bytes that cannot be understood; it is counted and dropped
     * @throws IOException the handler cannot do its part now; the packet is dropped, loudly
     */
    Verdict handle(DhcpExchange exchange) throws IOException;
}
