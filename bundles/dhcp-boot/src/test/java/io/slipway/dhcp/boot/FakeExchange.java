package io.slipway.dhcp.boot;

import io.slipway.boot.MacAddress;
import io.slipway.dhcp.DhcpExchange;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A request, and the reply as the handlers before {@code boot} leave it. */
final class FakeExchange implements DhcpExchange {

    static final Inet4Address SERVER = Addresses.parse("192.0.2.1");
    static final Inet4Address GIVEN = Addresses.parse("192.0.2.100");

    private final DhcpMessage request;
    private final DhcpMessage.Builder reply;
    private final List<Runnable> beforeSend = new ArrayList<>();
    final List<String> reasons = new ArrayList<>();
    boolean isTrial;
    private String door = "dhcp";

    private FakeExchange(DhcpMessage request) {
        this.request = request;
        reply = DhcpMessage.replyTo(request);
    }

    /** DHCP: OFFER to DISCOVER, else ACK; with an address and a lease. */
    static FakeExchange of(DhcpMessage request) {
        FakeExchange exchange = new FakeExchange(request);
        boolean isDiscover = request.type().orElseThrow() == DhcpMessageType.DISCOVER;
        exchange.reply
                .type(isDiscover ? DhcpMessageType.OFFER : DhcpMessageType.ACK)
                .yourAddress(GIVEN)
                .option(DhcpOptions.DHCP_SERVER_IDENTIFIER, SERVER)
                .option(DhcpOptions.DHCP_LEASE_TIME, Duration.ofHours(1));
        return exchange;
    }

    static FakeExchange ofBootp(DhcpMessage request) {
        FakeExchange exchange = new FakeExchange(request);
        exchange.reply.yourAddress(GIVEN);
        return exchange;
    }

    /** On port 4011, or INFORM: an ACK without an address. */
    static FakeExchange withoutLease(DhcpMessage request, String door) {
        FakeExchange exchange = new FakeExchange(request);
        exchange.door = door;
        exchange.reply.type(DhcpMessageType.ACK).option(DhcpOptions.DHCP_SERVER_IDENTIFIER, SERVER);
        return exchange;
    }

    /** Beside another server: an OFFER without an address. */
    static FakeExchange ofProxy(DhcpMessage request) {
        FakeExchange exchange = new FakeExchange(request);
        exchange.reply.type(DhcpMessageType.OFFER).option(DhcpOptions.DHCP_SERVER_IDENTIFIER, SERVER);
        return exchange;
    }

    /** No handler has begun an answer. */
    static FakeExchange unanswered(DhcpMessage request) {
        return new FakeExchange(request);
    }

    void send() {
        beforeSend.forEach(Runnable::run);
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
        return "eth0";
    }

    @Override
    public Inet4Address serverAddress() {
        return SERVER;
    }

    @Override
    public int prefixLength() {
        return 24;
    }

    @Override
    public List<Inet4Address> serverAddresses() {
        return List.of(SERVER);
    }

    @Override
    public void serveFrom(Inet4Address address) {
        throw new UnsupportedOperationException("this handler takes what was chosen");
    }

    @Override
    public void sendAfter(CompletionStage<?> durable) {
        throw new UnsupportedOperationException("this handler stores nothing");
    }

    @Override
    public void beforeSend(Runnable action) {
        beforeSend.add(action);
    }

    @Override
    public boolean isTrial() {
        return isTrial;
    }

    @Override
    public void explain(String why) {
        reasons.add(why);
    }
}
