package io.slipway.tftp.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slipway.boot.Transfer.Outcome;
import io.slipway.tftp.codec.Ack;
import io.slipway.tftp.codec.Data;
import io.slipway.tftp.codec.OptionAck;
import io.slipway.tftp.codec.TftpEncoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests in the name of addresses that have sent none: they neither keep machines out nor cost those addresses much. */
class FloodTest {

    private static final int LIMIT = 20;

    private static Settings settings(String... more) {
        Map<String, String> values = new HashMap<>(Map.of("maximumTransfers", Integer.toString(LIMIT)));
        for (int i = 0; i < more.length; i += 2) {
            values.put(more[i], more[i + 1]);
        }
        return Settings.of(SettingsTest.config(values));
    }

    @Test
    void whoeverNeverAnsweredGivesWay() throws Exception {
        byte[] content = TftpServerFixture.content(5000);
        try (TftpServerFixture server = new TftpServerFixture(settings("timeout", "20000"));
                TestClient client = new TestClient(server.address())) {
            server.boot.put("/file", content);
            for (int i = 0; i < 10 * LIMIT; i++) {
                request(server, "192.0.2." + i, 2070);
            }
            TftpServerFixture.await(() -> server.boot.begun.size() >= LIMIT, "all places are taken");
            client.ask(TestClient.request("file", "blksize", "1000"));
            assertEquals(new OptionAck(Map.of("blksize", "1000")), client.receive());
            client.send(new Ack(0));
            for (int block = 1; block <= 6; block++) {
                assertEquals(block, ((Data) client.receive()).block());
                request(server, "198.51.100." + block, 2070);
                client.send(new Ack(block));
            }
            TftpServerFixture.await(
                    () -> server.boot.ended.stream().anyMatch(ended -> ended.outcome == Outcome.COMPLETED), "served");
            // The client may have overtaken some.
            TftpServerFixture.await(
                    () -> server.requests.counters().get(Counters.Count.GAVE_WAY) >= 8 * LIMIT, "those who gave way");
        }
    }

    @Test
    void whoeverHasAnsweredDoesNot() throws Exception {
        byte[] content = TftpServerFixture.content(600);
        try (TftpServerFixture server = new TftpServerFixture(settings("maximumTransfers", "1", "timeout", "20000"));
                TestClient client = new TestClient(server.address())) {
            server.boot.put("/file", content);
            client.answerTo(TestClient.request("file"));
            client.send(new Ack(1));
            assertEquals(2, ((Data) client.receive()).block());
            for (int i = 1; i < 50; i++) {
                request(server, "192.0.2." + i, 2070);
            }
            TftpServerFixture.await(() -> server.requests.waiting() == 49, "all wait");
            // Once what it has not acknowledged has come again, every other would have given way.
            assertEquals(2, ((Data) client.receive()).block());
            request(server, "192.0.2.1", 2070);
            client.send(new Ack(2));
            assertEquals(Outcome.COMPLETED, server.boot.awaitEnd().outcome);
            assertEquals(0, server.requests.counters().get(Counters.Count.GAVE_WAY));
        }
    }

    @Test
    void aFloodInTheNameOfOneIsDropped() throws Exception {
        try (TftpServerFixture server =
                        new TftpServerFixture(settings("maximumTransfersPerClient", "2", "timeout", "20000"));
                TestClient client = new TestClient(server.address())) {
            server.boot.put("/file", new byte[100]);
            for (int i = 1; i <= 100; i++) {
                request(server, "192.0.2.7", 2000 + i);
            }
            assertEquals(2, server.requests.waiting());
            assertEquals(96, server.requests.counters().get(Counters.Count.OVERLOADED));
            assertArrayEquals(new byte[100], client.read(TestClient.request("file")));
        }
    }

    /**
     * Whatever is asked for, an address that never answers is sent one packet, as often as RFC 1350's retransmission has
     * it: no more than a block of 512 bytes, since larger ones and windows wait for the ACK of the OACK (RFC 2347).
     */
    @ParameterizedTest
    @CsvSource({"'', 516", "blksize 65464 windowsize 65535, 40", "tsize 0 windowsize 64, 40", "windowsize 0, 516"})
    void whoNeverAnswersIsSentLittle(String options, int most) throws Exception {
        int retries = 3;
        String[] pairs = options.isEmpty() ? new String[0] : options.split(" ");
        try (TftpServerFixture server = new TftpServerFixture(TftpServerFixture.settings(10, 10, retries));
                TestClient client = new TestClient(server.address())) {
            server.boot.put("/file", TftpServerFixture.content(1_000_000));
            client.ask(TestClient.request("file", pairs));
            int packets = 0;
            for (FakeTransfer ended = server.boot.ended.poll(); ended == null; ended = server.boot.ended.poll()) {
                packets += client.hearsNothing(20) ? 0 : 1;
            }
            while (!client.hearsNothing(50)) {
                packets++;
            }
            assertEquals(1 + retries, packets);
            assertTrue(client.longest() <= most, "a packet of " + client.longest());
        }
    }

    private static void request(TftpServerFixture server, String address, int port) {
        ByteBuf request = Unpooled.buffer();
        TftpEncoder.encode(TestClient.request("file"), request);
        try {
            server.requests.received(
                    request,
                    new InetSocketAddress(InetAddress.getByName(address), port),
                    server.door.asked,
                    server.door);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
