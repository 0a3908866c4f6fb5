package io.slipway.http.server.command;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootRequest;
import io.slipway.boot.BootTransport;
import io.slipway.boot.MacAddress;
import io.slipway.boot.Transfer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TransfersCommandTest {

    @Test
    void showsClientPathAndProgress() {
        String line = printed(List.of(new HalfWay()))
                .lines()
                .filter(text -> text.contains("/images/initrd"))
                .findFirst()
                .orElseThrow();
        for (String expected : List.of("10.0.0.7", "52:54:00:12:34:56", "1000", "4000", "25", " s")) {
            assertTrue(line.contains(expected), line);
        }
    }

    @Test
    void saysWhenThereIsNone() {
        assertTrue(printed(List.of()).contains("No transfer is under way."));
    }

    private static String printed(List<Transfer> transfers) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TransfersCommand.print(transfers, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static final class HalfWay implements Transfer {
        @Override
        public BootRequest request() {
            return new BootRequest(
                    "/images/initrd",
                    BootTransport.HTTP,
                    new InetSocketAddress("10.0.0.7", 40001),
                    new InetSocketAddress("10.0.0.1", 80),
                    "eth0",
                    Optional.of(BootClient.builder(MacAddress.parse("52:54:00:12:34:56"))
                            .build()),
                    Optional.empty());
        }

        @Override
        public long length() {
            return 4000;
        }

        @Override
        public Instant begun() {
            return Instant.now();
        }

        @Override
        public long sent() {
            return 1000;
        }

        @Override
        public void sent(long bytes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void end(Outcome outcome, String detail) {
            throw new UnsupportedOperationException();
        }
    }
}
