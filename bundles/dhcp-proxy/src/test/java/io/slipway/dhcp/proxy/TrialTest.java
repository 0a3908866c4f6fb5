package io.slipway.dhcp.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slipway.dhcp.DhcpExchange;
import io.slipway.dhcp.Verdict;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A trial leaves no mark on what is known of other servers. */
class TrialTest {

    private final SegmentModes modes = new SegmentModes(Configured.settings("server", Map.of()));
    private final List<String> reasons = new ArrayList<>();

    @AfterEach
    void close() {
        modes.close();
    }

    private DhcpExchange trial(FakeExchange exchange) {
        return (DhcpExchange) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DhcpExchange.class}, (self, method, arguments) -> {
                    if (method.getName().equals("explain")) {
                        reasons.add((String) arguments[0]);
                        return null;
                    }
                    return method.getName().equals("isTrial") ? true : method.invoke(exchange, arguments);
                });
    }

    @Test
    void theServerThatAClientChoseIsNotNoted() {
        FakeExchange toOther = FakeExchange.of(FakeExchange.firmware(DhcpMessageType.REQUEST)
                .option(DhcpOptions.DHCP_SERVER_IDENTIFIER, FakeExchange.OTHER));
        ForeignServersHandler handler = new ForeignServersHandler(modes);
        assertEquals(Verdict.skipTo("boot"), handler.handle(trial(toOther)));
        assertEquals(List.of(), modes.rows());
        assertEquals(List.of("the client has chosen the DHCP server 192.0.2.2"), reasons);
        handler.handle(toOther);
        assertEquals(1, modes.rows().size(), "of a packet it is");
    }

    @Test
    void theModeIsSaidAndNothingWaits() {
        modes.apply(Settings.of(new Configured("proxy", "15m", "0", "1"), Map.of()));
        FakeExchange discover = FakeExchange.of(FakeExchange.firmware(DhcpMessageType.DISCOVER));
        assertEquals(Verdict.skipTo("boot"), new ProxyHandler(modes).handle(trial(discover)));
        assertEquals(List.of("mode proxy"), reasons);
        assertEquals(List.of(), discover.waitsFor());
    }
}
