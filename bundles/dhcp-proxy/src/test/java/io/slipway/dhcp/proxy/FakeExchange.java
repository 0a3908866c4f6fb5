package io.slipway.dhcp.proxy;

import io.slipway.boot.MacAddress;
import io.slipway.dhcp.DhcpExchange;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A request as it comes to the first handler. */
record FakeExchange(DhcpMessage request, DhcpMessage.Builder reply, String door, List<CompletionStage<?>> waitsFor)
        implements DhcpExchange {

    static final Inet4Address SERVER = Addresses.parse("192.0.2.1");
    static final Inet4Address OTHER = Addresses.parse("192.0.2.2");

    static FakeExchange of(DhcpMessage.Builder request) {
        return of(request, "dhcp");
    }

    static FakeExchange of(DhcpMessage.Builder request, String door) {
        DhcpMessage message = request.build();
        return new FakeExchange(message, DhcpMessage.replyTo(message), door, new ArrayList<>());
    }

    /** Of an operating system. */
    static DhcpMessage.Builder request(DhcpMessageType type) {
        return DhcpMessage.builder()
                .hardware(DhcpMessage.ETHERNET, new byte[] {0x52, 0x54, 0, 1, 2, 3})
                .xid(7)
                .type(type);
    }

    /** Of firmware. */
    static DhcpMessage.Builder firmware(DhcpMessageType type) {
        return request(type).option(DhcpOptions.VENDOR_CLASS_IDENTIFIER, "PXEClient:Arch:00000:UNDI:002001");
    }

    @Override
    public MacAddress mac() {
        return MacAddress.of(request.hardwareAddress());
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
    public List<Inet4Address> serverAddresses() {
        return List.of(SERVER);
    }

    @Override
    public void serveFrom(Inet4Address address) {
        throw new UnsupportedOperationException("no handler here chooses an address");
    }

    @Override
    public int prefixLength() {
        return 24;
    }

    @Override
    public void sendAfter(CompletionStage<?> durable) {
        waitsFor.add(durable);
    }

    @Override
    public void beforeSend(Runnable action) {
        throw new UnsupportedOperationException("the handler boot does that");
    }
}
