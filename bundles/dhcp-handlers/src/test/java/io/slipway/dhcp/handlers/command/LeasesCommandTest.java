package io.slipway.dhcp.handlers.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.dhcp.handlers.Chain;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeasesCommandTest {

    private final Chain chain = Chain.fresh();

    private String printed(boolean expired) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        LeasesCommand command = new LeasesCommand();
        command.leases = chain.leases;
        command.expired = expired;
        command.out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        command.execute();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void saysSoWhenThereIsNone() {
        assertEquals("No leases. Those that have ended show with --expired." + System.lineSeparator(), printed(false));
        assertEquals("No leases." + System.lineSeparator(), printed(true));
    }

    @Test
    void showsWhoHasWhatUntilWhen() {
        chain.lease(Chain.mac(1));
        chain.pass(Duration.ofMinutes(30));
        chain.lease(Chain.mac(2));
        String table = printed(false);
        assertTrue(table.contains("192.0.2.100"), table);
        assertTrue(table.contains("52:54:00:00:00:01"), table);
        assertTrue(table.contains("in 30m 0s"), table);
        assertTrue(table.contains("bound"), table);
        chain.pass(Duration.ofMinutes(45));
        assertFalse(printed(false).contains("192.0.2.100"));
        assertTrue(printed(true).contains("expired"));
        assertTrue(printed(true).contains("15m 0s ago"));
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S,        in 0s",
        "PT59S,       in 59s",
        "PT59M12S,    in 59m 12s",
        "PT11H58M7S,  in 11h 58m",
        "P29DT3H,     in 29d 3h",
        "PT-5S,       5s ago",
        "PT-26H,      1d 2h ago",
    })
    void timesAreReadable(Duration remaining, String expected) {
        assertEquals(expected, LeasesCommand.relative(remaining));
    }
}
