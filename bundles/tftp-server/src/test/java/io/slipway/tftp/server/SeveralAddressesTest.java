package io.slipway.tftp.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.slipway.tftp.codec.ErrorPacket;
import io.slipway.tftp.codec.ReadRequest;
import io.slipway.tftp.codec.TftpErrorCode;
import io.slipway.tftp.codec.WriteRequest;
import java.net.InetAddress;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The interface has 127.0.0.1 to 127.0.0.3: clients drop what does not come from the address that they asked. */
class SeveralAddressesTest {

    private final TftpServerFixture server = new TftpServerFixture();

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1",
        "127.0.0.2, 127.0.0.2",
        "127.0.0.3, 127.0.0.3",
        // New, and not among those that are known.
        "127.0.0.4, 127.0.0.4",
        // Not one address, or not known: the first that lies in the client's subnet.
        "255.255.255.255, 127.0.0.1",
        "127.255.255.255, 127.0.0.1",
        "0.0.0.0, 127.0.0.1",
    })
    void aFileComesFromTheAddressThatWasAsked(String asked, String answers) throws Exception {
        byte[] content = TftpServerFixture.content(5000);
        server.boot.put("/file", content);
        server.door.asked = InetAddress.getByName(asked);
        try (TestClient client = new TestClient(server.address())) {
            assertArrayEquals(content, client.read(TestClient.request("file")));
            assertEquals(InetAddress.getByName(answers), client.server().getAddress());
        }
        assertEquals(
                InetAddress.getByName(answers),
                server.boot.awaitEnd().request().local().getAddress());
        server.awaitQuiet();
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1", "127.0.0.2", "127.0.0.4"})
    void everyErrorComesFromTheAddressThatWasAsked(String asked) throws Exception {
        server.door.asked = InetAddress.getByName(asked);
        try (TestClient client = new TestClient(server.address())) {
            assertEquals(
                    new ErrorPacket(TftpErrorCode.FILE_NOT_FOUND, "file not found"),
                    client.answerTo(TestClient.request("none")));
            assertEquals(server.door.asked, client.server().getAddress());
            client.answerTo(new WriteRequest("file", "octet", Map.of()));
            assertEquals(server.door.asked, client.server().getAddress());
            client.answerTo(new ReadRequest("file", "netascii", Map.of()));
            assertEquals(server.door.asked, client.server().getAddress());
        }
        server.awaitQuiet();
    }

    @Test
    void anErrorFromTheUsualAddressNeedsNoSocket() throws Exception {
        try (TestClient client = new TestClient(server.address())) {
            client.answerTo(TestClient.request("none"));
            assertEquals(server.address(), client.server());
            assertEquals(0, server.door.opened());
            server.door.asked = InetAddress.getByName("127.0.0.2");
            client.answerTo(TestClient.request("none"));
            assertNotEquals(server.address().getPort(), client.server().getPort());
        }
        server.awaitQuiet();
    }
}
