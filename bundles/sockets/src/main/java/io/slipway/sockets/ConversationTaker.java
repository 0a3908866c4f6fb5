package io.slipway.sockets;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import org.osgi.annotation.versioning.ConsumerType;

/** Takes what comes to a {@link DatagramConversation}. Called on its event loop. A buffer is valid during the call. */
@ConsumerType
public interface ConversationTaker {

    /** It can be spoken. */
    void opened(DatagramConversation conversation);

    /**
     * The client has sent a datagram.
     *
     * @return whether it was sent an answer that it will answer in turn. What else it has sent may then lie until that
     *     comes, or until something is sent once more: in lock-step to look for it would be in vain with each block.
     */
    boolean received(ByteBuf datagram);

    /** Somebody else has sent one to the same port. */
    void strange(ByteBuf datagram, InetSocketAddress from);

    /** Something could not be sent or received (an IOException: the network), or the taker has failed. It goes on. */
    void failed(Throwable cause);

    /** It is over, by whomever; called once. */
    void closed();
}
