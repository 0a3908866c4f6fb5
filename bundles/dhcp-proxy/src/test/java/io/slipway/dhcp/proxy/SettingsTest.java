package io.slipway.dhcp.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.dhcp.codec.Addresses;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    private static Mode behind(Settings settings, String relay) {
        return settings.of(new Segment("eth1", Optional.of(Addresses.parse(relay))));
    }

    @Test
    void thePlaceDecidesThenTheRest() {
        Settings settings = Configured.settings(
                "server",
                Map.of(
                        "mode.eth1", "proxy",
                        "mode.198.51.100.0/24", "auto",
                        "mode.198.51.0.0/16", "Proxy",
                        "service.pid", Settings.PID));
        assertEquals(Mode.SERVER, settings.of(Segment.of("eth0")));
        assertEquals(Mode.PROXY, settings.of(Segment.of("eth1")));
        assertEquals(Mode.AUTO, behind(settings, "198.51.100.1"), "the smallest network counts");
        assertEquals(Mode.PROXY, behind(settings, "198.51.7.1"));
        assertEquals(Mode.SERVER, behind(settings, "203.0.113.1"), "the interface is not the relay's network");
        assertEquals(false, settings.isServerOnly());
        assertEquals(true, Configured.settings("server", Map.of()).isServerOnly());
    }

    @Test
    void timesAndKnownServersAreRead() {
        Settings settings = Settings.of(new Configured("auto", "1h", "300", "500", "192.0.2.2, 192.0.2.3"), Map.of());
        assertEquals(Duration.ofHours(1), settings.silence());
        assertEquals(Duration.ofMinutes(5), settings.probeInterval());
        assertEquals(Duration.ofMillis(500), settings.replyDelay());
        assertEquals(Set.of(Addresses.parse("192.0.2.2"), Addresses.parse("192.0.2.3")), settings.known());
    }

    @ParameterizedTest
    @CsvSource({
        "both, 15m, 5m, 0, 192.0.2.2, mode",
        "proxy, 5m, 5m, 0, 192.0.2.2, silence",
        "proxy, 0, 0, 0, 192.0.2.2, silence",
        "proxy, x, 5m, 0, 192.0.2.2, silence",
        "proxy, 15m, 9s, 0, 192.0.2.2, probeInterval",
        "proxy, 15m, -1, 0, 192.0.2.2, probeInterval",
        "proxy, 15m, 5m, 0, 192.0.2, known",
        "proxy, 15m, 5m, 2001, 192.0.2.2, replyDelayMillis",
        "proxy, 15m, 5m, 1s, 192.0.2.2, replyDelayMillis",
    })
    void whatIsWrongIsRefusedByItsKey(
            String mode, String silence, String interval, String delay, String known, String key) {
        Configured config = new Configured(mode, silence, interval, delay, known);
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> Settings.of(config, Map.of()));
        assertTrue(
                refusal.getMessage().startsWith("etc/io.slipway.dhcp.proxy.cfg: " + key + " = '"),
                refusal.getMessage());
        assertTrue(refusal.getMessage().contains("'; expected "), refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"mode.eth1, all", "mode.198.51.100.1/24, proxy", "mode.198.51.100.0/33, proxy", "mode.a/b, proxy"})
    void aWrongPlaceIsRefusedByItsKey(String key, String value) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> Configured.settings("server", Map.of(key, value)));
        assertTrue(refusal.getMessage().contains(": " + key + " = '" + value + "'"), refusal.getMessage());
    }
}
