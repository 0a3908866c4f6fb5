package io.slipway.dhcp.handlers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.slipway.dhcp.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowHandlerTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*                                    | ''                  |",
                "52:54:00:*                           | ''                  |",
                "52-54-00-00-00-01, aa:*              | ''                  |",
                "52:54:00:00:00:0?                    | ''                  |",
                "aa:*                                 | ''                  | not allowed",
                "''                                   | ''                  | not allowed",
                "*                                    | 52:54:*             | denied",
                "52:54:00:00:00:01                    | 52:54:00:00:00:01   | denied",
            })
    void byMacAddress(String allow, String deny, String reason) {
        AllowHandler handler =
                new AllowHandler(Configs.of(AllowHandler.Config.class, Map.of("allow", allow, "deny", deny)));
        Verdict expected = reason == null ? Verdict.next() : Verdict.drop(reason);
        assertEquals(
                expected,
                handler.handle(new FakeExchange(Chain.discover(Chain.mac(1)).build())));
    }

    @Test
    void everybodyByDefault() {
        AllowHandler handler = new AllowHandler(Configs.of(AllowHandler.Config.class, Map.of()));
        assertEquals(
                Verdict.next(),
                handler.handle(new FakeExchange(Chain.discover(Chain.mac(1)).build())));
    }

    @Test
    void aWrongPatternIsRefusedByName() {
        AllowHandler.Config config = Configs.of(AllowHandler.Config.class, Map.of("deny", "52:54:*, everybody"));
        assertEquals(
                "etc/io.slipway.dhcp.allow.cfg: deny = 'everybody'; expected a MAC address such as 52:54:00:12:34:56 or"
                        + " a pattern such as 52:54:00:*",
                assertThrows(IllegalArgumentException.class, () -> new AllowHandler(config))
                        .getMessage());
    }
}
