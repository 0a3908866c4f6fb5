package io.slipway.machine.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.NetUtil;
import io.slipway.tftp.codec.Ack;
import io.slipway.tftp.codec.Data;
import io.slipway.tftp.codec.ErrorPacket;
import io.slipway.tftp.codec.OptionAck;
import io.slipway.tftp.codec.ReadRequest;
import io.slipway.tftp.codec.TftpDecoder;
import io.slipway.tftp.codec.TftpEncoder;
import io.slipway.tftp.codec.TftpErrorCode;
import io.slipway.tftp.codec.TftpPacket;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A machine against a server that does what the test tells it. */
@Timeout(30)
class TftpFetchTest {

    private static final ByteBuf CONTENT = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(new byte[1200]));

    private final Machines machines = new Machines(1);
    private DatagramSocket server;
    private InetSocketAddress machine;

    @BeforeEach
    void open() throws IOException {
        server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        server.setSoTimeout(10_000);
    }

    @AfterEach
    void close() {
        server.close();
        machines.close();
    }

    @Test
    void readsFromAServerOfIpv6() throws Exception {
        server.close();
        server = new DatagramSocket(0, NetUtil.LOCALHOST6);
        server.setSoTimeout(10_000);
        CompletableFuture<Fetched> fetched = fetch(Machines.ANY, 1, 5, Faults.NONE);
        receive();
        send(new ErrorPacket(TftpErrorCode.FILE_NOT_FOUND, "from " + NetUtil.toAddressString(machine.getAddress())));
        assertTrue(of(fetched).failure().orElseThrow().contains("from ::1"));
    }

    private CompletableFuture<Fetched> fetch(int window, int retries, Faults faults) {
        return fetch(InetAddress.getLoopbackAddress(), window, retries, faults);
    }

    private CompletableFuture<Fetched> fetch(InetAddress local, int window, int retries, Faults faults) {
        return machines.tftp(
                local,
                (InetSocketAddress) server.getLocalSocketAddress(),
                "/file",
                new TftpTerms(512, window, Duration.ofMillis(100), retries),
                CONTENT,
                faults,
                1);
    }

    private TftpPacket receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
        server.receive(packet);
        machine = (InetSocketAddress) packet.getSocketAddress();
        return TftpDecoder.decode(Unpooled.wrappedBuffer(packet.getData(), 0, packet.getLength()));
    }

    private void send(TftpPacket packet) throws IOException {
        ByteBuf out = Unpooled.buffer();
        TftpEncoder.encode(packet, out);
        server.send(new DatagramPacket(out.array(), out.readableBytes(), machine));
    }

    private static Fetched of(CompletableFuture<Fetched> fetch) throws Exception {
        return fetch.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aFileInLockStep() throws Exception {
        CompletableFuture<Fetched> fetch = fetch(1, 9, Faults.NONE);
        assertEquals(new ReadRequest("/file", "octet", Map.of("tsize", "0")), receive());
        send(new OptionAck(Map.of("tsize", "1200")));
        assertEquals(new Ack(0), receive());
        for (int block = 1; block <= 3; block++) {
            send(new Data(block, new byte[block == 3 ? 176 : 512]));
            assertEquals(new Ack(block), receive());
        }
        assertEquals(Optional.empty(), of(fetch).failure());
        assertEquals(1200, of(fetch).bytes());
    }

    @Test
    void aWindowIsAcknowledgedOnceAndAGapAtOnce() throws Exception {
        CompletableFuture<Fetched> fetch = fetch(2, 9, Faults.NONE);
        receive();
        send(new OptionAck(Map.of("windowsize", "2")));
        assertEquals(new Ack(0), receive());
        send(new Data(2, new byte[512]));
        assertEquals(new Ack(0), receive());
        send(new Data(1, new byte[512]));
        send(new Data(2, new byte[512]));
        assertEquals(new Ack(2), receive());
        send(new Data(3, new byte[176]));
        assertEquals(new Ack(3), receive());
        assertEquals(Optional.empty(), of(fetch).failure());
    }

    @Test
    void aWrongByteIsNoticed() throws Exception {
        CompletableFuture<Fetched> fetch = fetch(1, 9, Faults.NONE);
        receive();
        byte[] wrong = new byte[512];
        wrong[511] = 1;
        send(new Data(1, wrong));
        assertTrue(of(fetch).failure().orElseThrow().contains("is wrong"), of(fetch)::toString);
        assertTrue(receive() instanceof ErrorPacket);
    }

    @Test
    void aFileThatEndsTooSoonIsNoticed() throws Exception {
        CompletableFuture<Fetched> fetch = fetch(1, 9, Faults.NONE);
        receive();
        send(new Data(1, new byte[100]));
        assertEquals(Optional.of("ended after 100 bytes"), of(fetch).failure());
    }

    @Test
    void aSilentServerIsAskedAgainAndGivenUp() throws Exception {
        CompletableFuture<Fetched> fetch = fetch(1, 2, Faults.NONE);
        TftpPacket asked = receive();
        assertEquals(asked, receive());
        assertEquals(asked, receive());
        assertEquals(
                Optional.of("the server was silent after 0 bytes"), of(fetch).failure());
    }

    @Test
    void anErrorEndsIt() throws Exception {
        CompletableFuture<Fetched> fetch = fetch(1, 9, Faults.NONE);
        receive();
        send(new ErrorPacket(TftpErrorCode.FILE_NOT_FOUND, "no"));
        assertTrue(of(fetch).failure().orElseThrow().startsWith("the server said: no"), of(fetch)::toString);
    }

    @Test
    void allThatIsLostIsNotHeard() throws Exception {
        CompletableFuture<Fetched> fetch = fetch(1, 1, new Faults(1, 0, Duration.ZERO, Duration.ZERO));
        assertEquals(
                Optional.of("the server was silent after 0 bytes"), of(fetch).failure());
    }
}
