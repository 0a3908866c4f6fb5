package io.slipway.dhcp.handlers;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.slipway.dhcp.DhcpHandler;
import io.slipway.dhcp.Verdict;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpDecoder;
import io.slipway.dhcp.codec.DhcpEncoder;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import java.io.IOException;
import java.net.Inet4Address;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What an exchange costs, part by part, with this many leases in a /12 pool: the cost must not grow with them, nor with
 * the pool's fill. The disk is left out, see {@link Memory}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx4g"})
public class ExchangeBenchmark {

    private static final int RANGE = (1 << 20) - 20;

    /** 1038070 is 99 % of the pool. */
    @Param({"1000", "1000000", "1038070"})
    int leases;

    private List<DhcpHandler> chain;
    private ByteBuf discover;
    private DhcpMessage offer;
    private int next;
    private int fresh;

    @Setup
    public void fill() throws IOException {
        Subnets subnets = new Subnets();
        Map<String, Object> network = Map.of("subnet", "10.0.0.0/12", "range", "10.0.0.10-10.15.255.245");
        subnets.configured = List.of(new ConfiguredSubnet(
                Defaults.with(ConfiguredSubnet.Config.class, network), Map.of("service.pid", "bench")));
        chain = List.of(
                new AllowHandler(Defaults.with(AllowHandler.Config.class, Map.of())),
                new ServerIdentifierHandler(),
                new AddressHandler(
                        subnets, new Leases(new Memory()), Defaults.with(AddressHandler.Config.class, Map.of())),
                new NetworkOptionsHandler(subnets));
        for (int client = 0; client < leases; client++) {
            fourWay(client);
        }
        fresh = RANGE;
        DhcpMessage request = request(0, DhcpMessageType.DISCOVER).build();
        discover = DhcpEncoder.encode(request, ByteBufAllocator.DEFAULT);
        offer = ask(request);
    }

    @Benchmark
    public DhcpMessage decode() {
        return DhcpDecoder.decode(discover);
    }

    @Benchmark
    public int encode() {
        ByteBuf bytes = DhcpEncoder.encode(offer, ByteBufAllocator.DEFAULT);
        int length = bytes.readableBytes();
        bytes.release();
        return length;
    }

    /** DISCOVER and REQUEST of a client that has a lease, any of them in turn. */
    @Benchmark
    public DhcpMessage knownClient() throws IOException {
        // a step that has no factor in common with the number of leases, so that neighbours do not follow each other
        next = (next + 7919) % leases;
        return fourWay(next);
    }

    /** DISCOVER, REQUEST and RELEASE of a client that was never seen. */
    @Benchmark
    public Inet4Address newClient() throws IOException {
        int client = fresh++;
        DhcpMessage ack = fourWay(client);
        ask(request(client, DhcpMessageType.RELEASE)
                .clientAddress(ack.yourAddress())
                .build());
        return ack.yourAddress();
    }

    private DhcpMessage fourWay(int client) throws IOException {
        DhcpMessage offered = ask(request(client, DhcpMessageType.DISCOVER).build());
        DhcpMessage ack = ask(request(client, DhcpMessageType.REQUEST)
                .option(DhcpOptions.DHCP_REQUESTED_ADDRESS, offered.yourAddress())
                .option(DhcpOptions.DHCP_SERVER_IDENTIFIER, BenchExchange.SERVER)
                .build());
        if (!ack.type().equals(Optional.of(DhcpMessageType.ACK))) {
            throw new IllegalStateException("client " + client + " got " + ack);
        }
        return ack;
    }

    private DhcpMessage ask(DhcpMessage request) throws IOException {
        BenchExchange exchange = new BenchExchange(request);
        for (DhcpHandler handler : chain) {
            if (!(handler.handle(exchange) instanceof Verdict.Continue)) {
                break;
            }
        }
        return exchange.answer();
    }

    private static DhcpMessage.Builder request(int client, DhcpMessageType type) {
        return DhcpMessage.builder()
                .hardware(DhcpMessage.ETHERNET, new byte[] {
                    2, 0, (byte) (client >>> 24), (byte) (client >>> 16), (byte) (client >>> 8), (byte) client
                })
                .xid(client)
                .relayAddress(Addresses.ANY)
                .type(type)
                .bytes(DhcpOptions.DHCP_PARAMETER_REQUEST_LIST.code(), new byte[] {1, 28, 2, 3, 15, 6, 12});
    }
}
