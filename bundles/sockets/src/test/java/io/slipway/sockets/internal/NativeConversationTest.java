package io.slipway.sockets.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slipway.sockets.internal.Settings.Transport;
import java.io.IOException;
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

    /** What lay there before the socket was the client's alone is not taken for the client's. */
    @Test
    void aStrangerIsOneAlsoWhenItIsHeardAfterwards() throws Exception {
        Heard heard = converse();
        try (DatagramSocket stranger = new DatagramSocket(0, loopback())) {
            heard.run(() -> {
                try {
                    say(stranger, "a", heard.local());
                    say("b", heard);
                    heard.conversation().settle();
                    say("c", heard);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
        }
        assertEquals("stranger a", heard.next());
        assertEquals("client b", heard.next());
        assertEquals("client c", heard.next());
    }
}
