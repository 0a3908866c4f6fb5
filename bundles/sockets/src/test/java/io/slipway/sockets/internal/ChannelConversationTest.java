package io.slipway.sockets.internal;

import io.slipway.sockets.internal.Settings.Transport;

class ChannelConversationTest extends ConversationContract {

    ChannelConversationTest() {
        super(Transport.NIO);
    }
}
