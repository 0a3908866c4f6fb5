package io.slipway.dhcp.handlers;

import io.slipway.boot.MacAddress;
import io.slipway.dhcp.DhcpExchange;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpMessage;
import java.net.Inet4Address;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** An exchange without a server around it. */
final class BenchExchange implements DhcpExchange {

    static final Inet4Address SERVER = Addresses.parse("10.0.0.1");

    private final DhcpMessage request;
    private final MacAddress mac;
    private final DhcpMessage.Builder reply;
    private CompletionStage<?> durable = CompletableFuture.completedFuture(null);

    BenchExchange(DhcpMessage request) {
        this.request = request;
        mac = MacAddress.of(request.hardwareAddress());
        reply = DhcpMessage.replyTo(request);
    }

    /** Waits until the reply could leave. */
    DhcpMessage answer() {
        durable.toCompletableFuture().join();
        return reply.build();
    }

    @Override
    public DhcpMessage request() {
        return request;
    }

    @Override
    public MacAddress mac() {
        return mac;
    }

    @Override
    public DhcpMessage.Builder reply() {
        return reply;
    }

    @Override
    public String door() {
        return "dhcp";
    }

    @Override
    public String link() {
        return "eth0";
    }

    @Override
    public Inet4Address serverAddress() {
        return SERVER;
    }

    @Override
    public int prefixLength() {
        return 12;
    }

    @Override
    public void sendAfter(CompletionStage<?> stage) {
        durable = stage;
    }

    @Override
    public void beforeSend(Runnable action) {}
}
