package io.slipway.sockets.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slipway.sockets.internal.Settings.Transport;
import java.net.DatagramSocket;
import org.junit.jupiter.api.Test;

class NativeConversationTest extends ConversationContract {

    NativeConversationTest() {
        super(Transport.EPOLL);
    }

    /** The kernel tells of a client that is gone, which is not taken for something that was sent. */
    @Test
    void aClientThatIsGoneIsToldAndOneThatIsBackIsHeard() throws Exception {
        Heard heard = converse();
        heard.run(heard.conversation()::settle);
        int port = client().getPort();
        leave();
        heard.run(() -> heard.conversation().send(bytes("a"), 10));
        String told = heard.next();
        assertEquals("failure ", told.substring(0, 8));
        try (DatagramSocket back = new DatagramSocket(port, loopback())) {
            say(back, "b", heard.local());
            assertEquals("client b", heard.next());
        }
    }
}
