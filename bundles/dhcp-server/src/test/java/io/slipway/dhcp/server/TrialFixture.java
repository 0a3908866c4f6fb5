package io.slipway.dhcp.server;

import io.slipway.dhcp.DhcpHandler;
import io.slipway.dhcp.Verdict;
import io.slipway.sockets.DatagramDoor;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A server for trials, for the tests of other packages. */
public final class TrialFixture {

    private TrialFixture() {}

    /** A chain that answers DISCOVER with OFFER and all else with ACK, of 192.0.2.100. */
    public static DhcpTrials answering() {
        return running(Map.of("answer", ServerFixture.ANSWER));
    }

    /** A chain of these handlers. */
    public static DhcpTrials running(Map<String, DhcpHandler> handlers) {
        Map<String, DhcpHandler> all = new LinkedHashMap<>(handlers);
        all.put("last", exchange -> {
            exchange.explain("the last one");
            return Verdict.next();
        });
        DhcpServer server = new DhcpServer(ServerFixture.settings(String.join(",", all.keySet()), 1, 4, Duration.ZERO));
        long id = 1;
        for (Map.Entry<String, DhcpHandler> handler : all.entrySet()) {
            server.addHandler(handler.getValue(), Map.of(DhcpHandler.NAME, handler.getKey(), "service.id", id++));
        }
        server.close();
        return server;
    }

    /** A door on eth0, whose address is 192.0.2.1; the port is that of the name. */
    public static DatagramDoor door(String name) {
        return new FakeDoor(name);
    }
}
