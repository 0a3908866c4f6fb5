package io.slipway.dhcp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void oneLineOfTextAndAnArrayAreTheSame() {
        Settings line = Settings.of(config("2", "allow, *, boot?"));
        assertEquals(line, Settings.of(config("2", "allow", "*", "boot?")));
        assertEquals(Duration.ofSeconds(2), line.hold());
        assertEquals(3, line.chain().places().size());
    }

    @Test
    void refusalNamesKeyValueAndWhatIsExpected() {
        for (String workers : List.of("-1", "65", "many", "", "99999999999")) {
            IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> Settings.of(config(workers, "allow")));
            assertEquals("etc/io.slipway.dhcp.server.cfg: workers = " + workers + "; expected 0 to 64", e.getMessage());
        }
    }

    @Test
    void withoutANumberHalfOfTheProcessorsWork() {
        int processors = Runtime.getRuntime().availableProcessors();
        assertEquals(
                Math.min(64, Math.max(1, processors / 2)),
                Settings.of(config("0", "allow")).workers());
    }

    @Test
    void repliesAreOneOfThreeWays() {
        assertEquals(Replies.BROADCAST, Settings.of(config("2", "allow")).replies());
        assertEquals(Replies.FRAME, Replies.parse(" frame "));
        assertEquals(Replies.ARP, Replies.parse("arp"));
        for (String text : List.of("unicast", "", "FRAME")) {
            IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Replies.parse(text));
            assertEquals(
                    "etc/io.slipway.dhcp.server.cfg: replies = " + text + "; expected broadcast, frame or arp",
                    e.getMessage());
        }
    }

    @Test
    void aRefusedChangeLeavesTheServerAsItIs() {
        DhcpServer server = new DhcpServer(config("2", "allow"));
        server.modified(config("1", "*"));
        assertTrue(server.isReady());
        server.modified(config("many", "boot"));
        assertTrue(server.isReady(), "the former chain needs no handler");
        server.deactivate();
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

    private static DhcpServer.Config config(String workers, String... chain) {
        return new FixedConfig(chain, workers);
    }

    // An annotation has arrays; this one is never compared.
    @SuppressWarnings({"ArrayRecordComponent", "ImmutableAnnotationChecker"})
    private record FixedConfig(String[] chain, String workers) implements ConfigWithDefaults {}

    @SuppressWarnings("all")
    private interface ConfigWithDefaults extends DhcpServer.Config {
        @Override
        default String queue() {
            return "1024";
        }

        @Override
        default String holdMillis() {
            return "2000";
        }

        @Override
        default String replies() {
            return "broadcast";
        }

        @Override
        default Class<? extends Annotation> annotationType() {
            return DhcpServer.Config.class;
        }
    }
}
