package io.slipway.dhcp.handlers;

import io.slipway.boot.MacAddress;
import io.slipway.dhcp.DhcpExchange;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpMessage;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** An exchange that keeps what the handlers hand to it. */
final class FakeExchange implements DhcpExchange {

    static final Inet4Address SERVER = Addresses.parse("192.0.2.1");

    private final DhcpMessage request;
    private final DhcpMessage.Builder reply;
    final List<CompletableFuture<?>> awaited = new ArrayList<>();
    final List<String> reasons = new ArrayList<>();
    boolean isTrial;
    String door = "dhcp";
    String link = "eth0";
    Inet4Address serverAddress = SERVER;
    List<Inet4Address> serverAddresses = List.of(SERVER);

    FakeExchange(DhcpMessage request) {
        this.request = request;
        this.reply = DhcpMessage.replyTo(request);
    }

    FakeExchange at(String value) {
        door = value;
        return this;
    }

    FakeExchange on(String value, Inet4Address... addresses) {
        link = value;
        serverAddresses = List.of(addresses);
        serverAddress = addresses[0];
        return this;
    }

    @Override
    public DhcpMessage request() {
        return request;
    }

    @Override
    public MacAddress mac() {
        return MacAddress.of(request.hardwareAddress());
    }

    @Override
    public DhcpMessage.Builder reply() {
        return reply;
    }

    @Override
    public String door() {
        return door;
    }

    @Override
    public String link() {
        return link;
    }

    @Override
    public Inet4Address serverAddress() {
        return serverAddress;
    }

    @Override
    public int prefixLength() {
        return 24;
    }

    @Override
    public List<Inet4Address> serverAddresses() {
        return serverAddresses;
    }

    @Override
    public void serveFrom(Inet4Address address) {
        serverAddress = address;
    }

    @Override
    public void sendAfter(CompletionStage<?> durable) {
        awaited.add(durable.toCompletableFuture());
    }

    @Override
    public void beforeSend(Runnable action) {
        throw new UnsupportedOperationException("no handler here runs anything before the send");
    }

    @Override
    public boolean isTrial() {
        return isTrial;
    }

    @Override
    public void explain(String why) {
        reasons.add(why);
    }

    /** Whether the server would send the reply now. */
    boolean mayBeSent() {
        return awaited.stream().allMatch(done -> done.isDone() && !done.isCompletedExceptionally());
    }
}
