package io.slipway.http.server;

class EpollConnectionTest extends ConnectionContract {

    EpollConnectionTest() {
        super(LoopbackDoor.Transport.EPOLL);
    }
}
