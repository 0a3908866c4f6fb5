package io.slipway.boot.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.util.concurrent.EventExecutor;
import io.slipway.boot.BootClient;
import io.slipway.boot.BootFile;
import io.slipway.boot.BootRequest;
import io.slipway.boot.BootTransport;
import io.slipway.boot.MacAddress;
import io.slipway.boot.Transfer;
import io.slipway.boot.TransferLoad;
import io.slipway.sockets.Bandwidth;
import io.slipway.sockets.Door;
import io.slipway.sockets.Link;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransferReportTest {

    private static final Bandwidth LIMITED = new Bandwidth() {
        @Override
        public Optional<String> reserve(InetAddress client, long bytes, EventExecutor loop, Runnable turn) {
            throw new UnsupportedOperationException("nothing is sent here");
        }

        @Override
        public List<Limit> limits() {
            return List.of(
                    new Limit("subnetBandwidth 10.1.0.0/16", 50_000_000, 7_000_000, 0),
                    new Limit("bandwidth", 500_000_000, 498_000_000, 1212));
        }
    };

    private final ActiveTransfers transfers = new ActiveTransfers();
    private final TransferReport report = new TransferReport();

    @BeforeEach
    void transfersAreThere() {
        report.transfers = transfers;
    }

    private Transfer begin(BootTransport transport, String path) {
        BootRequest request = new BootRequest(
                path,
                transport,
                new InetSocketAddress("10.0.0.7", 2070),
                new InetSocketAddress("10.0.0.1", 69),
                "eth0",
                Optional.of(BootClient.builder(MacAddress.parse("52:54:00:12:34:56"))
                        .build()),
                Optional.empty());
        return transfers.begin(request, BootFile.of(new byte[4000], BootFile.OCTET_STREAM));
    }

    private List<String> printed(BootTransport transport) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        report.print(transport, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private String line(String part) {
        return printed(BootTransport.TFTP).stream()
                .filter(text -> text.contains(part))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void showsClientPathAndProgress() {
        begin(BootTransport.TFTP, "/images/initrd").sent(1000);
        for (String expected : List.of("10.0.0.7", "52:54:00:12:34:56", "1000", "4000", "25", " s", "client")) {
            assertTrue(line("/images/initrd").contains(expected), line("/images/initrd"));
        }
        assertFalse(printed(BootTransport.HTTP).toString().contains("/images/initrd"));
    }

    @Test
    void tellsWhatHoldsATransferBack() {
        Transfer transfer = begin(BootTransport.TFTP, "/held");
        transfer.heldBack("subnetBandwidth 10.1.0.0/16");
        assertTrue(line("/held").matches(".*subnetBandwidth 10\\.1\\.0\\.0/16, [0-9]+ % of the time.*"), line("/held"));
    }

    @Test
    void saysWhenThereIsNone() {
        assertEquals("No transfer is under way.", line("No transfer").strip());
    }

    @Test
    void limitsStandBesideTheirUse() {
        report.loads = List.of(load(BootTransport.TFTP, "of TFTP"), load(BootTransport.HTTP, "of HTTP"));
        Door first = door();
        Door second = door();
        report.doors = List.of(() -> List.of(first, second));
        List<String> lines = printed(BootTransport.TFTP);
        assertEquals(
                List.of(
                        "of TFTP",
                        "subnetBandwidth 10.1.0.0/16: 7.00 of 50.0 MB/s by TFTP and HTTP in the last second,"
                                + " 0 transfers wait for their turn",
                        "bandwidth: 498.0 of 500.0 MB/s by TFTP and HTTP in the last second,"
                                + " 1,212 transfers wait for their turn",
                        "Since the start: overloaded 3"),
                lines.subList(lines.size() - 4, lines.size()));
    }

    private static TransferLoad load(BootTransport transport, String limit) {
        return new TransferLoad() {
            @Override
            public BootTransport transport() {
                return transport;
            }

            @Override
            public List<String> limits() {
                return List.of(limit);
            }

            @Override
            public Map<String, Long> counts() {
                return Map.of("overloaded", 3L);
            }
        };
    }

    private static Door door() {
        return new Door() {
            @Override
            public String name() {
                return "tftp";
            }

            @Override
            public Link link() {
                throw new UnsupportedOperationException("nobody asks");
            }

            @Override
            public int port() {
                return 69;
            }

            @Override
            public String transport() {
                return "epoll";
            }

            @Override
            public Bandwidth bandwidth() {
                return LIMITED;
            }
        };
    }
}
