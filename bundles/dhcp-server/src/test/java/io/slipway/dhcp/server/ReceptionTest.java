package io.slipway.dhcp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.slipway.boot.MacAddress;
import io.slipway.dhcp.codec.DhcpEncoder;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What never reaches the chain. */
class ReceptionTest {

    private final ServerFixture fixture = new ServerFixture("answer");

    @BeforeEach
    void register() {
        fixture.register("answer", ServerFixture.ANSWER);
    }

    /** The server still answers, and has answered nothing else. */
    @AfterEach
    void stillServes() throws InterruptedException {
        fixture.dhcp.addresses("192.0.2.1");
        fixture.receive(ServerFixture.request(1, DhcpMessageType.REQUEST).xid(99));
        assertEquals(99, fixture.dhcp.next().message().xid());
        fixture.close();
    }

    @Test
    void malformedBytes() {
        byte[] valid =
                bytes(ServerFixture.request(1, DhcpMessageType.DISCOVER).xid(1).build());
        byte[] noCookie = valid.clone();
        noCookie[236] = 0;
        byte[] longHardwareAddress = valid.clone();
        longHardwareAddress[2] = 20;
        byte[] overrun = valid.clone();
        overrun[241] = (byte) 200;
        byte[] twoByteType = bytes(DhcpMessage.builder().bytes(53, new byte[2]).build());
        fixture.receive(new byte[0]);
        fixture.receive(Arrays.copyOf(valid, 100));
        fixture.receive(noCookie);
        fixture.receive(longHardwareAddress);
        fixture.receive(overrun);
        fixture.receive(twoByteType);
        assertEquals(6, fixture.dropped("malformed"));
    }

    @Test
    void noiseIsCountedToTheLastPacket() {
        Random random = new Random(20261101);
        for (int i = 0; i < 1000; i++) {
            byte[] noise = new byte[random.nextInt(600)];
            random.nextBytes(noise);
            fixture.receive(noise);
        }
        assertEquals(1000, fixture.dropped("malformed"));
    }

    /** RFC 4390 section 2.1: no {@code chaddr}, a client identifier instead; the reply has neither more. */
    @Test
    void aClientOnInfiniBandIsItsIdentifier() throws InterruptedException {
        DhcpMessage.Builder request = ServerFixture.request(1, DhcpMessageType.DISCOVER)
                .hardware(32, new byte[0])
                .flags(0x8000);
        DhcpMessage first = request.bytes(61, new byte[] {(byte) 255, 1, 2, 3}).build();
        DhcpMessage second = request.bytes(61, new byte[] {(byte) 255, 1, 2, 4}).build();
        MacAddress mac = ClientAddress.of(first).orElseThrow();
        assertEquals(mac, ClientAddress.of(first).orElseThrow());
        assertNotEquals(mac, ClientAddress.of(second).orElseThrow());
        assertEquals(2, mac.octets()[0] & 3, "local, and no group");
        fixture.receive(first.toBuilder());
        DhcpMessage reply = fixture.dhcp.next().message();
        assertEquals(32, reply.hardwareType());
        assertEquals(0, reply.hardwareAddress().length);
        assertTrue(reply.isBroadcast());
    }

    @Test
    void otherHardwareThanEthernet() {
        byte[] six = new byte[6];
        fixture.receive(ServerFixture.request(1, DhcpMessageType.DISCOVER).hardware(32, six));
        fixture.receive(ServerFixture.request(1, DhcpMessageType.DISCOVER).hardware(1, new byte[0]));
        fixture.receive(ServerFixture.request(1, DhcpMessageType.DISCOVER).hardware(1, new byte[8]));
        assertEquals(3, fixture.dropped("not Ethernet, and no client identifier"));
        assertEquals(3, fixture.count("received", "DISCOVER"));
    }

    @Test
    void messageTypeThatNobodyKnows() {
        fixture.receive(ServerFixture.request(1, DhcpMessageType.DISCOVER).bytes(53, new byte[] {13}));
        assertEquals(1, fixture.dropped("unknown message type"));
        assertEquals(1, fixture.count("received", "TYPE 13"));
    }

    @Test
    void theOwnLookForOtherServersComesBack() {
        DhcpMessage probe = ServerFixture.request(1, DhcpMessageType.DISCOVER).build();
        fixture.receive(probe, new InetSocketAddress(FakeDoor.SERVER, 68), fixture.dhcp);
        assertEquals(1, fixture.dropped("own probe"));
    }

    @Test
    void replies() {
        DhcpMessage offer = ServerFixture.request(1, DhcpMessageType.OFFER)
                .op(DhcpMessage.BOOTREPLY)
                .build();
        fixture.receive(offer, new InetSocketAddress(FakeDoor.SERVER, 67), fixture.dhcp);
        fixture.receive(offer, new InetSocketAddress("192.0.2.2", 67), fixture.dhcp);
        assertEquals(1, fixture.dropped("own reply"));
        assertEquals(1, fixture.dropped("a reply, no request"));
    }

    @Test
    void interfaceWithoutAddress() {
        fixture.dhcp.addresses();
        fixture.receive(ServerFixture.request(1, DhcpMessageType.DISCOVER));
        fixture.receive(ServerFixture.request(1, DhcpMessageType.DISCOVER));
        assertEquals(2, fixture.dropped("interface without address"));
        assertTrue(fixture.server.isReady());
    }

    private static byte[] bytes(DhcpMessage message) {
        return ByteBufUtil.getBytes(DhcpEncoder.encode(message, ByteBufAllocator.DEFAULT));
    }
}
