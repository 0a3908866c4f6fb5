package io.slipway.http.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.slipway.sockets.Link;
import io.slipway.sockets.LinkAddress;
import io.slipway.sockets.StreamDoor;
import io.slipway.sockets.StreamTaker;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A door on 127.0.0.1 with a port of the system's choice, and with small send buffers. */
final class LoopbackDoor implements StreamDoor, AutoCloseable {

    private static final int SEND_BUFFER = 65_536;

    enum Transport {
        NIO,
        EPOLL;

        boolean isAvailable() {
            return this == NIO || Epoll.isAvailable();
        }
    }

    private final EventLoopGroup loops;
    private final Channel channel;

    LoopbackDoor(Transport transport, StreamTaker taker) {
        boolean epoll = transport == Transport.EPOLL;
        loops = new MultiThreadIoEventLoopGroup(2, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        channel = new ServerBootstrap()
                .group(loops)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        taker.accepted(connection, LoopbackDoor.this);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    @Override
    public String name() {
        return "http";
    }

    @Override
    public Link link() {
        return new Link(
                "test0", 1, List.of(new LinkAddress((Inet4Address) InetAddress.getLoopbackAddress(), 8)), 65_536);
    }

    @Override
    public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    @Override
    public String transport() {
        return "nio";
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
