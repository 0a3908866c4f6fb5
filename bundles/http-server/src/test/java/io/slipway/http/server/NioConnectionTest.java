package io.slipway.http.server;

class NioConnectionTest extends ConnectionContract {

    NioConnectionTest() {
        super(LoopbackDoor.Transport.NIO);
    }
}
