package io.slipway.dhcp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.annotation.Annotation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void oneLineOfTextAndAnArrayAreTheSame() {
        Settings line = Settings.of(config(2, "allow, *, boot?"));
        assertEquals(line, Settings.of(config(2, "allow", "*", "boot?")));
        assertEquals(Duration.ofMillis(2000), line.hold());
        assertEquals(3, line.chain().places().size());
    }

    @Test
    void refusalNamesKeyValueAndWhatIsExpected() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Settings.of(config(0, "allow")));
        assertEquals("io.slipway.dhcp.server: workers = 0; expected 1 to 64", e.getMessage());
    }

    @Test
    void refusesQueueAndHoldOutOfRange() {
        assertTrue(refusal(3, 0).contains("queue = 3"));
        assertTrue(refusal(1024, 60_001).contains("holdMillis = 60001"));
        assertTrue(refusal(1024, -1).contains("holdMillis = -1"));
    }

    private static String refusal(int queue, long holdMillis) {
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> ServerFixture.settings("*", 1, queue, Duration.ofMillis(holdMillis)))
                .getMessage();
    }

    private static DhcpServer.Config config(int workers, String... chain) {
        return new FixedConfig(chain, workers);
    }

    private record FixedConfig(String[] chain, int workers) implements ConfigWithDefaults {}

    @SuppressWarnings("all")
    private interface ConfigWithDefaults extends DhcpServer.Config {
        @Override
        default int queue() {
            return 1024;
        }

        @Override
        default int holdMillis() {
            return 2000;
        }

        @Override
        default Class<? extends Annotation> annotationType() {
            return DhcpServer.Config.class;
        }
    }
}
