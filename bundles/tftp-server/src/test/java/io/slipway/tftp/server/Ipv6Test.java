package io.slipway.tftp.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.util.NetUtil;
import io.slipway.tftp.codec.ErrorPacket;
import io.slipway.tftp.codec.OptionAck;
import io.slipway.tftp.codec.TftpErrorCode;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests at ::1. */
class Ipv6Test {

    private static final InetAddress OWN = NetUtil.LOCALHOST6;

    private TftpServerFixture server;

    @AfterEach
    void close() {
        server.close();
    }

    private void start(boolean isSinglePort) {
        Settings settings = new Settings(
                10,
                100,
                1000,
                Terms.LARGEST_BLOCK,
                64,
                Duration.ofMillis(200),
                8,
                isSinglePort,
                2,
                100,
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                Optional.empty());
        server = new TftpServerFixture(settings, 1500, OWN);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFileComesFromTheAddressThatWasAskedInBlocksThatFitAFrame(boolean isSinglePort) throws Exception {
        start(isSinglePort);
        byte[] content = TftpServerFixture.content(100_000);
        server.boot.put("/file", content);
        try (TestClient client = new TestClient(server.address())) {
            assertEquals(
                    new OptionAck(Map.of("blksize", "1448", "windowsize", "4")),
                    client.answerTo(TestClient.request("file", "blksize", "9000", "windowsize", "4")));
            assertEquals(OWN, client.server().getAddress());
            assertEquals(isSinglePort, client.server().getPort() == server.door.port());
        }
        try (TestClient client = new TestClient(server.address())) {
            assertArrayEquals(content, client.read(TestClient.request("file", "blksize", "9000", "windowsize", "4")));
        }
    }

    @Test
    void anErrorLeavesFromTheDoor() throws Exception {
        start(false);
        try (TestClient client = new TestClient(server.address())) {
            assertEquals(
                    new ErrorPacket(TftpErrorCode.FILE_NOT_FOUND, "file not found"),
                    client.answerTo(TestClient.request("none")));
            assertEquals(server.address(), client.server());
            assertEquals(0, server.door.opened());
        }
        server.awaitQuiet();
    }
}
